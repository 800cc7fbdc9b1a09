//! The members of a canonical entry that a column can tell.

use serde_json::{Value, json};

/// What the text of a column becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnKind {
    Text,
    Number,
    Flag,
    Time,
    /// One of the objects: a field may hold several.
    Object,
    /// What was searched for, in words.
    Criteria,
}

/// Every member that can be mapped. Hashes cannot: they are of the canonical entry.
const MEMBERS: [(&str, ColumnKind); 38] = [
    ("eventId", ColumnKind::Text),
    ("sequence", ColumnKind::Number),
    ("kind", ColumnKind::Text),
    ("time", ColumnKind::Time),
    ("client.system", ColumnKind::Text),
    ("client.value", ColumnKind::Text),
    ("action", ColumnKind::Text),
    ("user.system", ColumnKind::Text),
    ("user.value", ColumnKind::Text),
    ("user.name", ColumnKind::Text),
    ("user.title", ColumnKind::Text),
    ("user.authenticationMethod", ColumnKind::Text),
    ("organisation.subscriber", ColumnKind::Text),
    ("organisation.requester", ColumnKind::Text),
    ("organisation.unit", ColumnKind::Text),
    ("controller.id", ColumnKind::Text),
    ("controller.register.system", ColumnKind::Text),
    ("controller.register.code", ColumnKind::Text),
    ("purpose.code", ColumnKind::Text),
    ("purpose.text", ColumnKind::Text),
    ("objects.documentId", ColumnKind::Object),
    ("objects.version", ColumnKind::Object),
    ("objects.type", ColumnKind::Object),
    ("objects.description", ColumnKind::Object),
    ("criteria", ColumnKind::Criteria),
    ("disclosure.channel", ColumnKind::Text),
    ("disclosure.recipient.id", ColumnKind::Text),
    ("disclosure.recipient.name", ColumnKind::Text),
    ("disclosure.recipient.client", ColumnKind::Flag),
    ("disclosure.noticeId", ColumnKind::Text),
    ("kanta.messageId", ColumnKind::Text),
    ("kanta.requestId", ColumnKind::Text),
    ("kanta.correlationId", ColumnKind::Text),
    ("kanta.httpStatus", ColumnKind::Number),
    ("kanta.errorCode", ColumnKind::Text),
    ("system.id", ColumnKind::Text),
    ("system.version", ColumnKind::Text),
    ("outcome", ColumnKind::Text),
];

/// The kind of the member with this name.
pub(super) fn kind(name: &str) -> Option<ColumnKind> {
    MEMBERS.iter().find(|(own, _)| *own == name).map(|(_, kind)| *kind)
}

/// Every name, for a person to choose from.
pub(super) fn names() -> String {
    MEMBERS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// Puts `text` into the entry as its member `name`. What is no number or no flag stays a text, for the rules
/// to tell.
pub(super) fn put(entry: &mut Value, name: &str, kind: ColumnKind, text: &str) {
    let value = match kind {
        ColumnKind::Number => text.parse::<i64>().map_or_else(|_| json!(text), Value::from),
        ColumnKind::Flag => text.parse::<bool>().map_or_else(|_| json!(text), Value::from),
        ColumnKind::Criteria => json!({"text": text}),
        ColumnKind::Text | ColumnKind::Time | ColumnKind::Object => json!(text),
    };
    let mut place = entry;
    for step in name.split('.') {
        place = &mut place[step];
    }
    *place = value;
}

/// Puts the texts of a field into the objects of the entry, one each.
pub(super) fn put_objects<'t>(entry: &mut Value, name: &str, texts: impl Iterator<Item = &'t str>) {
    let member = name.rsplit('.').next().unwrap_or_default();
    let Value::Array(objects) = &mut entry["objects"] else { return };
    for (index, text) in texts.enumerate().filter(|(_, text)| !text.is_empty()) {
        while objects.len() <= index {
            objects.push(json!({}));
        }
        let number = text.parse::<i64>().ok().filter(|_| member == "version");
        objects[index][member] = number.map_or_else(|| json!(text), Value::from);
    }
}
