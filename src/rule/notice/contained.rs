//! Contained resources, for the rules about them.

use serde_json::Value;

use super::case::Case;

/// The finding of every rule about contained resources.
pub(super) const CODE: &str = "notice-contained-wrong";

/// Each contained resource of every entry, with its pointer.
pub(super) fn each<'a>(case: &Case<'a>) -> impl Iterator<Item = (String, &'a Value)> {
    let bases = case.entries().iter().map(|entry| format!("{}/contained", entry.resource()));
    let lists = bases.filter_map(|base| Some((case.at(&base)?.as_array()?, base)));
    let of_list = |(list, base): (&'a Vec<Value>, String)| {
        list.iter().enumerate().map(move |(index, inner)| (format!("{base}/{index}"), inner))
    };
    lists.collect::<Vec<_>>().into_iter().flat_map(of_list)
}

/// Every reference of the form `#id` in `value`: its pointer from there, and the id.
pub(super) fn references(value: &Value) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    crate::wire::json::walk(value, &mut |pointer, value| {
        let text = value.as_str().filter(|_| pointer.ends_with("/reference"));
        let name = text.and_then(|text| text.strip_prefix('#'));
        found.extend(name.map(|name| (pointer.to_owned(), name)));
    });
    found
}
