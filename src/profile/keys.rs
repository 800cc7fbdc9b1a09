//! Which rows of a profile have a key, and of what it is made.

/// Lists of rows, by their place, with the members that make the key of a row.
const KEYED: [(&str, &[&str]); 21] = [
    ("interaction", &["id"]),
    ("service-request", &["use-case"]),
    ("use-situation", &["basis"]),
    ("document-group", &["code"]),
    ("document-kind", &["kind"]),
    ("element.document", &["path", "groups"]),
    ("element.message", &["path", "groups"]),
    ("element.metadata", &["path", "groups"]),
    ("element.document-order", &["parent", "children"]),
    ("element.message-order", &["parent", "children"]),
    ("element.metadata-order", &["parent", "children"]),
    ("display-form", &["form"]),
    ("agreement.frame", &["frame", "document", "attribute"]),
    ("agreement.json", &["member", "document"]),
    ("document-type.general", &["code"]),
    ("error", &["meaning"]),
    ("disclosure", &["step"]),
    ("declaration.category", &["code"]),
    ("declaration-document", &["group"]),
    ("declaration-representative.members", &["flag"]),
    ("signature.needed", &["groups"]),
];

/// Tables whose members are rows, each with its name as key.
const NAMED: [&str; 2] = ["code-system", "http-header"];

/// The member that takes a row away: a row of it and its key alone.
pub(super) const REMOVED: &str = "removed";

/// The members that make the key of a row in the list at `place`; `None` where the list has no keys.
pub(super) fn keys_of(place: &str) -> Option<&'static [&'static str]> {
    KEYED.iter().find(|(listed, _)| *listed == place).map(|(_, keys)| *keys)
}

/// Whether the members of the table at `place` are rows.
pub(super) fn holds_rows(place: &str) -> bool {
    NAMED.contains(&place)
}

/// The place of `name` in the table at `place`.
pub(super) fn below(place: &str, name: &str) -> String {
    if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") }
}
