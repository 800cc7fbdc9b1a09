//! Every type and every function that others may use says what it is. Fields say so where their name does not.

use syn::{Attribute, ImplItem, Item, TraitItem, Visibility};

use super::{SourceText, sources_with_tests};

#[test]
fn public_types_and_functions_are_documented() {
    let mut bare = Vec::new();
    let mut seen = 0;
    for (path, text) in sources_with_tests() {
        let file = SourceText { room: String::new(), code: text, path };
        let tree = syn::parse_file(&file.code).unwrap_or_else(|error| panic!("{}: {error}", file.path));
        for item in &tree.items {
            for (name, is_documented) in documented(item) {
                seen += 1;
                if !is_documented {
                    bare.push(format!("{} {name}", file.path));
                }
            }
        }
    }
    assert!(seen > 1500, "{seen} items read");
    assert!(bare.is_empty(), "without documentation: {bare:#?}");
}

/// What is public in an item, and whether it says what it is.
fn documented(item: &Item) -> Vec<(String, bool)> {
    let one = |visibility: &Visibility, name: &syn::Ident, attributes: &[Attribute]| match visibility {
        Visibility::Public(_) => vec![(name.to_string(), says(attributes))],
        _ => Vec::new(),
    };
    match item {
        Item::Struct(item) => one(&item.vis, &item.ident, &item.attrs),
        Item::Enum(item) => one(&item.vis, &item.ident, &item.attrs),
        Item::Type(item) => one(&item.vis, &item.ident, &item.attrs),
        Item::Fn(item) => one(&item.vis, &item.sig.ident, &item.attrs),
        Item::Const(item) => one(&item.vis, &item.ident, &item.attrs),
        Item::Static(item) => one(&item.vis, &item.ident, &item.attrs),
        Item::Trait(item) => {
            let functions = item.items.iter().filter_map(|inner| match inner {
                TraitItem::Fn(inner) => Some((inner.sig.ident.to_string(), says(&inner.attrs))),
                _ => None,
            });
            one(&item.vis, &item.ident, &item.attrs).into_iter().chain(functions).collect()
        }
        Item::Impl(item) if item.trait_.is_none() => item
            .items
            .iter()
            .flat_map(|inner| match inner {
                ImplItem::Fn(inner) => one(&inner.vis, &inner.sig.ident, &inner.attrs),
                ImplItem::Const(inner) => one(&inner.vis, &inner.ident, &inner.attrs),
                _ => Vec::new(),
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn says(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("doc"))
}
