//! Comparing two documents, value by value.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::acting_archivist::ActingArchivist;
use super::refusal::ArchivistRefusal;
use super::showing::{ShownDocument, document};
use crate::kanta::core::Core;
use crate::wire::json::walk;

/// A value that only one of them has, or that they have otherwise.
#[derive(Debug, PartialEq, Serialize)]
struct Difference {
    /// JSON pointer in what `show` tells of a document.
    place: String,
    first: Option<Value>,
    second: Option<Value>,
}

/// What the documents with these identifiers have otherwise.
pub(super) fn compare(
    core: &Core,
    acting: &ActingArchivist,
    first: &str,
    second: &str,
) -> Result<String, ArchivistRefusal> {
    let [one, other] = [document(core, acting, first)?, document(core, acting, second)?].map(|document| {
        serde_json::to_value(ShownDocument::of(core, &document)).expect("texts and numbers are always written")
    });
    let differences = differences(&one, &other);
    let same = differences.is_empty();
    Ok(format!("{:#}", json!({ "first": first, "second": second, "same": same, "differences": differences })))
}

fn differences(one: &Value, other: &Value) -> Vec<Difference> {
    let (mut ones, mut others) = (leaves(one), leaves(other));
    let places: Vec<String> = ones.keys().chain(others.keys()).cloned().collect();
    let mut differences = Vec::new();
    for place in places {
        let (first, second) = (ones.remove(&place), others.remove(&place));
        if first != second {
            differences.push(Difference { place, first, second });
        }
    }
    differences
}

/// Every value that holds no other, by its pointer.
fn leaves(value: &Value) -> BTreeMap<String, Value> {
    let mut leaves = BTreeMap::new();
    walk(value, &mut |pointer, value| {
        let is_empty = value.as_object().map(serde_json::Map::is_empty).or(value.as_array().map(Vec::is_empty));
        if is_empty != Some(false) {
            leaves.insert(pointer.to_owned(), value.clone());
        }
    });
    leaves
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Difference, differences};

    #[test]
    fn each_value_is_told_where_it_differs() {
        let one = json!({"a": 1, "b": {"c": [true, "x"]}, "d": null, "e": {}});
        let other = json!({"a": 1, "b": {"c": [true, "y", 3]}, "e": {"f": 1}});
        let difference = |place: &str, first, second| Difference { place: place.to_owned(), first, second };
        let expected = [
            difference("/b/c/1", Some(json!("x")), Some(json!("y"))),
            difference("/d", Some(json!(null)), None),
            difference("/e", Some(json!({})), None),
            difference("/b/c/2", None, Some(json!(3))),
            difference("/e/f", None, Some(json!(1))),
        ];
        assert_eq!(differences(&one, &other), expected);
        assert_eq!(differences(&one, &one), []);
    }
}
