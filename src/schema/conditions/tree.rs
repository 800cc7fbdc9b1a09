//! The conditions of a whole schema, by the object that they are about.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::note::{FormValueKind, Sibling, read};
use super::{Condition, SchemaConditions, Unmet, Unread};
use crate::schema::SchemaOutcome;

/// How deep a schema may nest.
const DEEPEST: usize = 64;

/// What is known of one object or array of the structured form.
#[derive(Debug, Default)]
pub(in crate::schema) struct FormNode {
    conditions: Vec<(Condition, String)>,
    /// Members whose notes could not be read to their end.
    unread: Vec<(String, String)>,
    members: BTreeMap<String, FormNode>,
    items: Option<Box<FormNode>>,
}

impl FormNode {
    /// The conditions that the annotations of `schema` tell.
    pub(in crate::schema) fn of(schema: &Value) -> Self {
        Self::within(schema, DEEPEST).unwrap_or_default()
    }

    /// `None` where nothing at or below is conditional.
    fn within(schema: &Value, levels: usize) -> Option<Self> {
        let levels = levels.checked_sub(1)?;
        let mut node = Self::default();
        if let Some(properties) = schema["properties"].as_object() {
            node.read_notes(properties);
            let below = |(member, schema): (&String, &Value)| Some((member.clone(), Self::within(schema, levels)?));
            node.members = properties.iter().filter_map(below).collect();
        }
        node.items = Self::within(&schema["items"], levels).map(Box::new);
        let is_bare = node.conditions.is_empty() && node.unread.is_empty();
        (!is_bare || !node.members.is_empty() || node.items.is_some()).then_some(node)
    }

    fn read_notes(&mut self, properties: &Map<String, Value>) {
        let siblings: Vec<Sibling<'_>> = properties.iter().map(|(member, schema)| sibling(member, schema)).collect();
        for (member, schema) in
            properties.iter().filter(|(_, schema)| annotations(schema)["conditionalRequired"] == true)
        {
            let note = finnish(&annotations(schema)["implementationNote"]);
            let reading = read(note, member, &siblings);
            if !reading.is_whole {
                self.unread.push((member.clone(), note.to_owned()));
            }
            // Each of the members that need one another tells it; once is enough.
            let is_new = |condition: &Condition| self.conditions.iter().all(|(known, _)| known != condition);
            if let Some(condition) = reading.condition.filter(is_new) {
                self.conditions.push((condition, note.to_owned()));
            }
        }
    }

    /// What they say about `value`.
    pub(in crate::schema) fn judge(&self, value: &Value) -> SchemaConditions {
        let mut conditions = SchemaConditions::default();
        self.visit(value, "", &mut conditions);
        conditions
    }

    fn visit(&self, value: &Value, pointer: &str, found: &mut SchemaConditions) {
        if let Some(object) = value.as_object() {
            self.look_at(object, pointer, found);
            for (member, node) in &self.members {
                if let Some(value) = object.get(member) {
                    node.visit(value, &format!("{pointer}/{member}"), found);
                }
            }
        }
        if let (Some(items), Some(list)) = (&self.items, value.as_array()) {
            for (index, item) in list.iter().enumerate() {
                items.visit(item, &format!("{pointer}/{index}"), found);
            }
        }
    }

    fn look_at(&self, object: &Map<String, Value>, pointer: &str, found: &mut SchemaConditions) {
        for (condition, note) in &self.conditions {
            if let Some(member) = condition.missing(object).filter(|_| found.unmet.len() < SchemaOutcome::MOST) {
                let (pointer, member, note) = (pointer.to_owned(), member.to_owned(), note.clone());
                found.unmet.push(Unmet { pointer, member, is_true: condition.is_true(), note });
            }
        }
        // A member that is there keeps whatever its note says.
        for (member, note) in self.unread.iter().filter(|(member, _)| !object.contains_key(member)) {
            if found.unread.len() < SchemaOutcome::MOST {
                let (pointer, member, note) = (pointer.to_owned(), member.clone(), note.clone());
                found.unread.push(Unread { pointer, member, note });
            }
        }
    }
}

fn sibling<'a>(member: &'a str, schema: &Value) -> Sibling<'a> {
    let of_items = if schema["type"] == "array" { &schema["items"] } else { schema };
    let kind = match of_items["type"].as_str() {
        Some("boolean") => FormValueKind::Switch,
        Some("object") if of_items["properties"].get("code").is_some() && schema["type"] != "array" => {
            FormValueKind::Code
        }
        _ => FormValueKind::Other,
    };
    let name = finnish(&annotations(schema)["name"]);
    Sibling { member, name: name.trim().to_lowercase(), kind }
}

/// The annotations of a member; those of a repeating one stand at its items.
fn annotations(schema: &Value) -> &Value {
    let of_items = &schema["items"]["sosmeta"];
    if of_items.is_object() { of_items } else { &schema["sosmeta"] }
}

/// The Finnish text of an annotation.
fn finnish(texts: &Value) -> &str {
    let texts = texts.as_array().into_iter().flatten();
    texts.into_iter().find(|text| text["lang"] == "fi").and_then(|text| text["value"].as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::FormNode;

    fn annotated(name: &str, note: Option<&str>, schema: &Value) -> Value {
        let mut schema = schema.clone();
        let texts = |text: &str| json!([{"lang": "sv", "value": "x"}, {"lang": "fi", "value": text}]);
        schema["sosmeta"] = json!({"name": texts(name), "conditionalRequired": note.is_some()});
        if let Some(note) = note {
            schema["sosmeta"]["implementationNote"] = texts(note);
        }
        schema
    }

    fn schema() -> Value {
        let either = Some("Henkilötunnus- ja Syntymäaika -kentistä toinen on pakollinen.");
        let text = json!({"type": "string"});
        let person = json!({"type": "object", "properties": {
            "henkilotunnus": annotated("Henkilötunnus", either, &text),
            "syntymaaika": annotated("Syntymäaika", either, &text),
            "muu": annotated("Muu", Some("Ehdollisesti pakollinen: jos sataa."), &text),
        }});
        json!({"type": "object", "properties": {"henkilot": {"type": "array", "items": person}}})
    }

    #[test]
    fn each_object_is_looked_at_and_each_condition_told_once() {
        let node = FormNode::of(&schema());
        let found = node.judge(
            &json!({"henkilot": [{"syntymaaika": "1981"}, {"henkilotunnus": " "}, {"muu": "x", "henkilotunnus": "y"}]}),
        );
        let unmet: Vec<_> = found.unmet.iter().map(|unmet| (unmet.pointer.as_str(), unmet.member.as_str())).collect();
        assert_eq!(unmet, [("/henkilot/1", "henkilotunnus")]);
        let unread: Vec<_> =
            found.unread.iter().map(|unread| (unread.pointer.as_str(), unread.member.as_str())).collect();
        assert_eq!(
            unread,
            [("/henkilot/0", "muu"), ("/henkilot/1", "muu")],
            "nothing to judge where the member is there"
        );
    }

    #[test]
    fn a_schema_without_annotations_asks_nothing() {
        let node = FormNode::of(&json!({"type": "object", "properties": {"a": {"type": "string"}}}));
        assert_eq!(node.judge(&json!({"b": 1})), super::SchemaConditions::default());
    }
}
