//! Reads a use log leniently: a value of a wrong type is noted and counts as missing.

use serde_json::Value;

use super::{Channel, Disclosure, KantaCall, LogEntry, LogFault, LogObject, LogOutcome, UseLog};

/// Most entries of a log, and of objects in an entry, that are read.
const MOST: usize = 10_000;
/// Most faults that are noted.
const MOST_FAULTS: usize = 20;
const KINDS: [&str; 5] = ["use", "disclosure", "notice", "search", "administration"];
const ACTIONS: [&str; 6] = ["create", "read", "search", "replace", "nullify", "disclose"];

/// The log in `json`: an array of entries, or an object with one in its member `entries`.
pub fn read(json: &Value) -> UseLog {
    let mut reader = Reader::default();
    let (list, base) = match json {
        Value::Object(object) => (object.get("entries"), "/entries"),
        other => (Some(other), ""),
    };
    let entries = reader.list(list.unwrap_or(&Value::Null), base.to_owned(), Reader::entry);
    UseLog { entries, faults: reader.faults, json: json.clone() }
}

/// The one entry in `json`, as a log of its own.
pub(super) fn read_entry(json: Value) -> UseLog {
    let mut reader = Reader::default();
    let entry = reader.entry(&json, "");
    UseLog { entries: vec![entry], faults: reader.faults, json }
}

#[derive(Default)]
struct Reader {
    faults: Vec<LogFault>,
}

impl Reader {
    fn entry(&mut self, json: &Value, pointer: &str) -> LogEntry {
        if !json.is_object() {
            self.fault(pointer.to_owned(), "an entry", json);
        }
        let mut text = |relative: &str| self.text(json, pointer, relative);
        let mut entry = LogEntry {
            time: text("/time"),
            client: text("/client/value"),
            user: text("/user/value"),
            user_name: text("/user/name"),
            subscriber: text("/organisation/subscriber"),
            controller: text("/controller/id"),
            purpose: text("/purpose/code").or(text("/purpose/text")),
            ..LogEntry::default()
        };
        entry.kind = self.one_of(json, pointer, "/kind", &KINDS, "a kind of entry");
        entry.action = self.one_of(json, pointer, "/action", &ACTIONS, "an action");
        entry.sequence = self.number(json, pointer, "/sequence");
        if let Some(objects) = json.get("objects").filter(|objects| !objects.is_null()) {
            entry.objects = self.list(objects, format!("{pointer}/objects"), Self::object);
        }
        entry.has_criteria = json["criteria"].as_object().is_some_and(|criteria| !criteria.is_empty());
        entry.disclosure = self.disclosure(json, pointer);
        entry.kanta = self.kanta(json, pointer);
        entry.outcome = self.outcome(json, pointer);
        entry.pointer = pointer.to_owned();
        entry
    }

    fn object(&mut self, json: &Value, pointer: &str) -> LogObject {
        let document = self.text(json, pointer, "/documentId");
        LogObject { document, description: self.text(json, pointer, "/description") }
    }

    /// What `read` makes of each element of the array `json`, which stands at `pointer`.
    fn list<T>(&mut self, json: &Value, pointer: String, read: fn(&mut Self, &Value, &str) -> T) -> Vec<T> {
        let Value::Array(list) = json else {
            self.fault(pointer, "an array", json);
            return Vec::new();
        };
        if list.len() > MOST {
            self.fault(pointer.clone(), "at most 10000 elements", &list.len().into());
        }
        let elements = list.iter().take(MOST).enumerate();
        elements.map(|(index, element)| read(self, element, &format!("{pointer}/{index}"))).collect()
    }

    fn disclosure(&mut self, json: &Value, base: &str) -> Option<Disclosure> {
        self.object_at(json, base, "/disclosure")?;
        let names = [Channel::OutsideArchive.name(), Channel::ThroughArchive.name()];
        let channel = self.one_of(json, base, "/disclosure/channel", &names, "a channel");
        let to_client = json.pointer("/disclosure/recipient/client") == Some(&Value::Bool(true));
        let id = self.text(json, base, "/disclosure/recipient/id");
        let name = self.text(json, base, "/disclosure/recipient/name");
        Some(Disclosure {
            channel: channel.map(
                |name| {
                    if name == names[0] { Channel::OutsideArchive } else { Channel::ThroughArchive }
                },
            ),
            recipient: id.or(name).or(to_client.then(|| "client".to_owned())),
            notice: self.text(json, base, "/disclosure/noticeId"),
        })
    }

    fn kanta(&mut self, json: &Value, base: &str) -> Option<KantaCall> {
        self.object_at(json, base, "/kanta")?;
        let message = self.text(json, base, "/kanta/messageId");
        let request = self.text(json, base, "/kanta/requestId");
        Some(KantaCall { id: message.or(request), http_status: self.number(json, base, "/kanta/httpStatus") })
    }

    fn outcome(&mut self, json: &Value, base: &str) -> Option<LogOutcome> {
        let all = [LogOutcome::Success, LogOutcome::Failure, LogOutcome::Refused];
        let name = self.one_of(json, base, "/outcome", &all.map(LogOutcome::name), "success, failure or refused")?;
        all.into_iter().find(|outcome| outcome.name() == name)
    }

    fn object_at<'v>(&mut self, json: &'v Value, base: &str, relative: &str) -> Option<&'v Value> {
        let value = json.pointer(relative).filter(|value| !value.is_null())?;
        if !value.is_object() {
            self.fault(format!("{base}{relative}"), "an object", value);
        }
        Some(value)
    }

    fn one_of(
        &mut self,
        json: &Value,
        base: &str,
        relative: &str,
        names: &[&str],
        expected: &'static str,
    ) -> Option<String> {
        let name = self.text(json, base, relative)?;
        if names.contains(&name.as_str()) {
            return Some(name);
        }
        self.fault(format!("{base}{relative}"), expected, &Value::String(name));
        None
    }

    fn text(&mut self, json: &Value, base: &str, relative: &str) -> Option<String> {
        match json.pointer(relative) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
            Some(other) => {
                self.fault(format!("{base}{relative}"), "a text", other);
                None
            }
        }
    }

    fn number(&mut self, json: &Value, base: &str, relative: &str) -> Option<i64> {
        let value = json.pointer(relative).filter(|value| !value.is_null())?;
        let number = value.as_i64();
        if number.is_none() {
            self.fault(format!("{base}{relative}"), "a whole number", value);
        }
        number
    }

    fn fault(&mut self, pointer: String, expected: &'static str, actual: &Value) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(LogFault { pointer, expected, actual: actual.to_string() });
        }
    }
}
