//! One name, one thing: no two types of the harness are called alike. The reference system stands apart: it is another
//! system, and shares nothing with the harness but `domain`.

use std::collections::BTreeMap;

use super::{SourceText, sources};

#[test]
fn no_two_types_have_one_name() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources() {
        if source.path.starts_with("reference/") {
            continue;
        }
        for name in type_names(&source) {
            places.entry(name).or_default().push(source.path.clone());
        }
    }
    assert!(places.len() > 300, "{} types read", places.len());
    let doubled: Vec<_> = places.iter().filter(|(_, places)| places.len() > 1).collect();
    assert!(doubled.is_empty(), "types with one name: {doubled:#?}");
}

fn type_names(source: &SourceText) -> Vec<String> {
    let tree = syn::parse_file(&source.code).unwrap_or_else(|error| panic!("{}: {error}", source.path));
    tree.items.iter().filter_map(type_name).collect()
}

fn type_name(item: &syn::Item) -> Option<String> {
    match item {
        syn::Item::Struct(item) => Some(item.ident.to_string()),
        syn::Item::Enum(item) => Some(item.ident.to_string()),
        syn::Item::Trait(item) => Some(item.ident.to_string()),
        syn::Item::Type(item) => Some(item.ident.to_string()),
        _ => None,
    }
}
