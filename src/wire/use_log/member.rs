//! The members of a canonical entry that a column can tell.

use serde_json::{Value, json};

/// What the text of a column becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
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
const MEMBERS: [(&str, Kind); 38] = [
    ("eventId", Kind::Text),
    ("sequence", Kind::Number),
    ("kind", Kind::Text),
    ("time", Kind::Time),
    ("client.system", Kind::Text),
    ("client.value", Kind::Text),
    ("action", Kind::Text),
    ("user.system", Kind::Text),
    ("user.value", Kind::Text),
    ("user.name", Kind::Text),
    ("user.title", Kind::Text),
    ("user.authenticationMethod", Kind::Text),
    ("organisation.subscriber", Kind::Text),
    ("organisation.requester", Kind::Text),
    ("organisation.unit", Kind::Text),
    ("controller.id", Kind::Text),
    ("controller.register.system", Kind::Text),
    ("controller.register.code", Kind::Text),
    ("purpose.code", Kind::Text),
    ("purpose.text", Kind::Text),
    ("objects.documentId", Kind::Object),
    ("objects.version", Kind::Object),
    ("objects.type", Kind::Object),
    ("objects.description", Kind::Object),
    ("criteria", Kind::Criteria),
    ("disclosure.channel", Kind::Text),
    ("disclosure.recipient.id", Kind::Text),
    ("disclosure.recipient.name", Kind::Text),
    ("disclosure.recipient.client", Kind::Flag),
    ("disclosure.noticeId", Kind::Text),
    ("kanta.messageId", Kind::Text),
    ("kanta.requestId", Kind::Text),
    ("kanta.correlationId", Kind::Text),
    ("kanta.httpStatus", Kind::Number),
    ("kanta.errorCode", Kind::Text),
    ("system.id", Kind::Text),
    ("system.version", Kind::Text),
    ("outcome", Kind::Text),
];

/// The kind of the member with this name.
pub(super) fn kind(name: &str) -> Option<Kind> {
    MEMBERS.iter().find(|(own, _)| *own == name).map(|(_, kind)| *kind)
}

/// Every name, for a person to choose from.
pub(super) fn names() -> String {
    MEMBERS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// Puts `text` into the entry as its member `name`. What is no number or no flag stays a text, for the rules
/// to tell.
pub(super) fn put(entry: &mut Value, name: &str, kind: Kind, text: &str) {
    let value = match kind {
        Kind::Number => text.parse::<i64>().map_or_else(|_| json!(text), Value::from),
        Kind::Flag => text.parse::<bool>().map_or_else(|_| json!(text), Value::from),
        Kind::Criteria => json!({"text": text}),
        Kind::Text | Kind::Time | Kind::Object => json!(text),
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
