//! Primitive values of FHIR in JSON: what stands beside a member under its name with an underscore.

use serde_json::{Map, Value};

use super::Violation;
use super::pointer::below;
use crate::words::{Said, said};

const RULE: &str = "json.html#primitive";
/// Member that holds what is judged on its own.
const RESOURCE: &str = "resource";

/// What in `value` breaks the form of primitives (FHIR R4, JSON, 2.6.2.3): a null in a list stands for a value that only
/// has extensions, which then stand at the same place of the list beside it; lists beside each other are as long. At most
/// `most`. Resources of entries are left out.
pub(super) fn violations(value: &Value, most: usize) -> Vec<Violation> {
    let mut found = Vec::new();
    walk(value, "", most, &mut found);
    found.truncate(most);
    found
}

fn walk(value: &Value, pointer: &str, most: usize, found: &mut Vec<Violation>) {
    match value {
        _ if found.len() >= most => {}
        Value::Object(members) => {
            judge(members, pointer, found);
            for (name, member) in members.iter().filter(|(name, _)| *name != RESOURCE) {
                walk(member, &below(pointer, name), most, found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &below(pointer, index), most, found);
            }
        }
        _ => {}
    }
}

fn judge(members: &Map<String, Value>, pointer: &str, found: &mut Vec<Violation>) {
    let lists = members
        .iter()
        .filter(|(name, _)| !name.starts_with('_'))
        .filter_map(|(name, member)| Some((name, member.as_array()?)));
    for (name, items) in lists {
        let beside = members.get(&format!("_{name}")).and_then(Value::as_array);
        if let Some(beside) = beside.filter(|beside| beside.len() != items.len()) {
            let message = said::elements_beside(beside.len(), items.len());
            found.push(violation(below(pointer, format!("_{name}")), message));
        }
        for index in items.iter().enumerate().filter(|(_, item)| item.is_null()).map(|(index, _)| index) {
            if !beside.and_then(|beside| beside.get(index)).is_some_and(Value::is_object) {
                found.push(violation(below(&below(pointer, name), index), said::null_without_extensions()));
            }
        }
    }
}

fn violation(pointer: String, message: Said) -> Violation {
    Violation { pointer, schema_path: RULE.to_owned(), message }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::violations;

    #[test]
    fn null_stands_only_where_extensions_stand_beside() {
        let pointers = |value| violations(&value, 20).into_iter().map(|one| one.pointer).collect::<Vec<_>>();
        let extension = json!({"extension": [{"url": "u", "valueCode": "masked"}]});
        assert!(pointers(json!({"given": [null, "b"], "_given": [extension, null]})).is_empty());
        assert_eq!(pointers(json!({"a": {"given": ["b", null]}})), ["/a/given/1"]);
        assert_eq!(pointers(json!({"given": [null, "b"], "_given": [null, extension]})), ["/given/0"]);
        assert_eq!(pointers(json!({"given": ["b"], "_given": [null, extension]})), ["/_given"]);
        assert!(pointers(json!({"entry": [{"resource": {"given": [null]}}]})).is_empty());
        assert_eq!(violations(&json!([{"a": [null]}, {"a": [null]}]), 1).len(), 1);
    }
}
