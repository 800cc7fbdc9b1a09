//! Writes the smallest structured form that a schema accepts: required members only, each with a value
//! that its keywords and its `sosmeta` annotations call for. The client's identity code is added where the
//! schema leaves it open: without it nobody could tell whom the document is about.

use serde_json::{Map, Value, json};

use super::conditions::FormNode;
use super::{SchemaError, Unmet, Violation};
use crate::domain::{HETU_ROOT, Person};

/// How deep a schema may nest; the official ones stay below 20, and a `$ref` may turn in a circle.
const DEEPEST: usize = 64;
/// What stands where a text is asked for. In a code it shows that no official list was consulted.
const TEXT: &str = "Esimerkki";
/// Member that says who the client is.
const CLIENT: &str = "asiakas";
/// Member that holds an identity code.
const CODE: &str = "henkilotunnus";
const DAY: &str = "2026-01-15";
const MOMENT: &str = "2026-01-15T12:00:00+02:00";
/// An identifier under the branch of the organisation of the built-in run.
const IDENTIFIER: &str = "1.2.246.10.99999991.95.2026.1.1";

/// Whom a sample is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SamplePersons {
    pub client: Person,
    /// Whoever else is named: who wrote it, a relative, a guardian.
    pub other: Person,
}

/// Why there is no sample.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SampleError {
    /// No schema of this content specification is loaded.
    #[error("no schema of {id} is loaded")]
    NotLoaded { id: String },
    /// The schema cannot be used.
    #[error(transparent)]
    Schema(#[from] SchemaError),
    /// The schema asks for something that no sample is known for.
    #[error("no sample is known for what the schema asks at {:?}: {}", .0.pointer, .0.message)]
    Refused(Violation),
}

/// A value for the whole schema `root`. Whether it is valid remains to be judged.
pub(super) fn sample(root: &Value, persons: &SamplePersons) -> Value {
    Sampler { root, persons }.value(root, &SamplePlace { name: "", is_client: false, depth: 0 })
}

/// Most times that members are added because of others; the official schemas need two.
const MOST_ROUNDS: usize = 8;

/// `value` with the members that `conditions` ask for because of others.
pub(super) fn complete(root: &Value, persons: &SamplePersons, conditions: &FormNode, mut value: Value) -> Value {
    let sampler = Sampler { root, persons };
    for _ in 0..MOST_ROUNDS {
        let unmet = conditions.judge(&value).unmet;
        if unmet.is_empty() {
            break;
        }
        for one in unmet {
            sampler.add(&mut value, &one);
        }
    }
    value
}

struct Sampler<'a> {
    root: &'a Value,
    persons: &'a SamplePersons,
}

/// Where in the structured form a value is made.
struct SamplePlace<'a> {
    /// Name of the member, or of the array that it is an item of; of the identifier for its value.
    name: &'a str,
    /// Whether it stands inside of what is said about the client.
    is_client: bool,
    depth: usize,
}

impl Sampler<'_> {
    fn value(&self, schema: &Value, place: &SamplePlace<'_>) -> Value {
        let schema = self.resolved(schema);
        if place.depth > DEEPEST {
            return Value::Null;
        }
        if let Some(fixed) = schema.get("const").or_else(|| schema["enum"].get(0)) {
            return fixed.clone();
        }
        match schema["type"].as_str() {
            Some("object") => self.object(schema, place),
            Some("array") => self.array(schema, place),
            Some("string") => self.text(schema, place),
            Some("boolean") => Value::Bool(false),
            Some("number" | "integer") => schema.get("minimum").cloned().unwrap_or_else(|| json!(1)),
            _ => Value::Null,
        }
    }

    /// Adds the member that is missing, by the schema of the object that lacks it.
    fn add(&self, value: &mut Value, unmet: &Unmet) {
        let mut schema = self.resolved(self.root);
        let mut place = SamplePlace { name: "", is_client: false, depth: 0 };
        for step in unmet.pointer.split('/').skip(1) {
            let is_item = schema["type"] == "array";
            place = if is_item { place.deeper() } else { place.member(step) };
            schema = self.resolved(if is_item { &schema["items"] } else { &schema["properties"][step] });
        }
        let made = self.value(&schema["properties"][&unmet.member], &place.member(&unmet.member));
        let made = if unmet.is_true { Value::Bool(true) } else { made };
        if let Some(object) = value.pointer_mut(&unmet.pointer).and_then(Value::as_object_mut) {
            object.insert(unmet.member.clone(), made);
        }
    }

    /// The schema itself, or the definition in the same file that it refers to.
    fn resolved<'s>(&'s self, schema: &'s Value) -> &'s Value {
        let target = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
        target.and_then(|pointer| self.root.pointer(pointer)).unwrap_or(schema)
    }

    fn object(&self, schema: &Value, place: &SamplePlace<'_>) -> Value {
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let has_code = schema["properties"].get(CODE).is_some();
        // Last, and only once: a map keeps the place of the first of two equal names.
        let names = required.chain((place.name == CLIENT && has_code).then_some(CODE));
        let member = |name: &str| (name.to_owned(), self.value(&schema["properties"][name], &place.member(name)));
        Value::Object(names.map(member).collect::<Map<_, _>>())
    }

    fn array(&self, schema: &Value, place: &SamplePlace<'_>) -> Value {
        let least = schema["minItems"].as_u64().unwrap_or(0).min(100);
        (0..least).map(|_| self.value(&schema["items"], &place.deeper())).collect()
    }

    fn text(&self, schema: &Value, place: &SamplePlace<'_>) -> Value {
        let candidates = self.candidates(schema, place);
        let fitting = candidates.iter().find(|text| accepts(schema, text));
        Value::String(fitting.or(candidates.first()).cloned().unwrap_or_default())
    }

    /// Texts for this place, the most telling first.
    fn candidates(&self, schema: &Value, place: &SamplePlace<'_>) -> Vec<String> {
        let person = if place.is_client { &self.persons.client } else { &self.persons.other };
        let by_name = match place.name {
            "sukunimi" => Some(person.family_name.clone()),
            "etunimet" => Some(person.given_names.join(" ")),
            "syntymaaika" => Some(person.birth_date.to_string()),
            CODE => Some(person.identity_code.clone()),
            "henkilotunnus/system" => Some(format!("urn:oid:{HETU_ROOT}")),
            name if name.ends_with("tunnus") => Some(IDENTIFIER.to_owned()),
            _ => None,
        };
        let by_system = schema["pattern"].as_str().and_then(code_system);
        let is = |wanted| representation(schema) == Some(wanted);
        let by_kind = if is("Hetki") { Some(MOMENT) } else { is("Pvm").then_some(DAY) };
        let any = [TEXT, DAY, MOMENT, IDENTIFIER].map(str::to_owned);
        by_name.into_iter().chain(by_system).chain(by_kind.map(str::to_owned)).chain(any).collect()
    }
}

impl<'a> SamplePlace<'a> {
    fn deeper(&self) -> Self {
        Self { depth: self.depth + 1, ..*self }
    }

    /// The place of the member `name`. The value of an identifier (Tunnus) goes by the identifier's name.
    fn member(&self, name: &'a str) -> Self {
        let name = match (self.name, name) {
            (identifier, "value") if identifier.ends_with("tunnus") => identifier,
            (CODE, "system") => "henkilotunnus/system",
            _ => name,
        };
        Self { name, is_client: self.is_client || name == CLIENT, depth: self.depth + 1 }
    }
}

/// The code system that a pattern of the form `^urn:oid:1\.2\.3(\.\d+)*$` names.
fn code_system(pattern: &str) -> Option<String> {
    let oid = pattern.strip_prefix("^urn:oid:")?.strip_suffix(r"(\.\d+)*$")?;
    Some(format!("urn:oid:{}", oid.replace('\\', "")))
}

/// The kind of field by its Finnish name: Koodi, Pvm, Hetki…
fn representation(schema: &Value) -> Option<&str> {
    let names = schema["sosmeta"]["representation"].as_array()?;
    names.iter().find(|name| name["lang"] == "fi")?["value"].as_str()
}

fn accepts(schema: &Value, text: &str) -> bool {
    jsonschema::draft7::new(schema).is_ok_and(|validator| validator.is_valid(&json!(text)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{SampleError, SamplePersons, sample};
    use crate::domain::Person;
    use crate::schema::{DocumentSchemas, SchemaOutcome};

    fn persons() -> SamplePersons {
        SamplePersons { client: Person::synthetic(7, |_| true), other: Person::synthetic(70_000, |_| true) }
    }

    fn of(schema: &Value) -> Value {
        sample(schema, &persons())
    }

    #[test]
    fn required_members_only_with_values_by_keyword_and_annotation() {
        let system = json!({"type": "string", "pattern": r"^urn:oid:1\.2\.246\.537\.6\.1222(\.\d+)*$"});
        let moment = json!({"type": "string", "sosmeta": {"representation": [{"lang": "fi", "value": "Hetki"}]}});
        let schema = json!({"type": "object", "required": ["palvelu", "hetki", "maara", "on", "rivit"], "properties": {
            "palvelu": {"type": "object", "required": ["system", "code"], "properties": {
                "system": system, "code": {"type": "string", "enum": ["37", "55"]}}},
            "hetki": moment, "maara": {"type": "number"}, "on": {"type": "boolean"}, "vapaa": {"type": "string"},
            "rivit": {"type": "array", "minItems": 2, "items": {"type": "string", "minLength": 1}}}});
        assert_eq!(
            of(&schema),
            json!({"palvelu": {"system": "urn:oid:1.2.246.537.6.1222", "code": "37"},
                "hetki": "2026-01-15T12:00:00+02:00", "maara": 1, "on": false, "rivit": ["Esimerkki", "Esimerkki"]})
        );
    }

    #[test]
    fn the_client_is_told_from_others() {
        let text = json!({"type": "string"});
        let identifier = json!({"type": "object", "required": ["system", "value"],
            "properties": {"system": text, "value": text}});
        let person = json!({"type": "object", "required": ["sukunimi", "henkilotunnus"],
            "properties": {"sukunimi": text, "henkilotunnus": identifier}});
        let schema = json!({"type": "object", "required": ["asiakas", "laatija"],
            "properties": {"asiakas": {"type": "array", "minItems": 1, "items": person}, "laatija": person}});
        let (made, SamplePersons { client, other }) = (of(&schema), persons());
        for (pointer, person) in [("/asiakas/0", client), ("/laatija", other)] {
            let told = made.pointer(pointer).expect("person");
            let tunnus = json!({"system": "urn:oid:1.2.246.21", "value": person.identity_code});
            assert_eq!(*told, json!({"sukunimi": person.family_name, "henkilotunnus": tunnus}));
        }
    }

    #[test]
    fn built_in_schemas_have_samples() {
        let schemas = DocumentSchemas::built_in();
        for id in schemas.ids() {
            let made = schemas.sample(id, &persons()).expect(id);
            assert_eq!(schemas.judge(id, &made), SchemaOutcome::Valid, "{id}");
        }
    }

    #[test]
    fn what_cannot_be_made_is_told_with_its_place() {
        let strange =
            r#"{"type": "object", "required": ["a"], "properties": {"a": {"type": "string", "pattern": "^x{40}$"}}}"#;
        let circle = r##"{"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#"}}}"##;
        let files = [("1.2.3.json", strange), ("1.2.4.json", circle)];
        let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let schemas = DocumentSchemas::load(files).expect("load");
        let refused = schemas.sample("1.2.3", &persons()).expect_err("no such text");
        assert!(matches!(&refused, SampleError::Refused(violation) if violation.pointer == "/a"), "{refused}");
        assert!(matches!(schemas.sample("1.2.4", &persons()), Err(SampleError::Refused(_))));
        assert!(matches!(schemas.sample("1.2.5", &persons()), Err(SampleError::NotLoaded { .. })));
    }
}
