//! Reads a use log leniently: a value of a wrong type is noted and counts as missing.

use std::borrow::Cow;
use std::fmt::Display;

use serde_json::{Number, Value};

use super::{Disclosure, DisclosureChannel, KantaCall, LogEntry, LogFault, LogObject, LogOutcome, UseLog};
use crate::domain::read_instant;
use crate::wire::json::Json;
use crate::words::{Said, said};

/// Most entries of a log, and of objects in an entry, that are read.
const MOST: usize = 10_000;
/// Below it every whole number has a value of its own in a double.
const EXACT: f64 = 9_007_199_254_740_992.0;
/// Most faults that are noted.
const MOST_FAULTS: usize = 20;
const KINDS: [&str; 5] = ["use", "disclosure", "notice", "search", "administration"];
const ACTIONS: [&str; 6] = ["create", "read", "search", "replace", "nullify", "disclose"];

/// The log in `json`: an array of entries, or an object with one in its member `entries`.
pub fn read_use_log(json: &Value) -> UseLog<'_> {
    let mut reader = UseLogReader::default();
    let (list, base) = match json {
        Value::Object(object) => (object.get("entries"), "/entries"),
        other => (Some(other), ""),
    };
    let list = Json::of(list.unwrap_or(&Value::Null));
    let entries = reader.list(&list, &base, UseLogReader::entry);
    UseLog { entries, faults: reader.faults, json }
}

/// What the one entry in `json` tells, and what of it could not be read.
pub(crate) fn read_log_entry<'a>(json: &Json<'a>) -> (LogEntry<'a>, Vec<LogFault>) {
    let mut reader = UseLogReader::default();
    let entry = reader.entry(json, &"");
    (entry, reader.faults)
}

/// A number without a fraction is whole, however it is written: `2.0` is 2 (JSON Schema, validation 6.1.1).
fn whole(number: &Number) -> Option<i64> {
    let exact = |number: &f64| number.fract() == 0.0 && number.abs() < EXACT;
    number.as_i64().or_else(|| number.as_f64().filter(exact).map(|number| number as i64))
}

#[derive(Default)]
struct UseLogReader {
    faults: Vec<LogFault>,
}

impl UseLogReader {
    fn entry<'a>(&mut self, json: &Json<'a>, pointer: &dyn Display) -> LogEntry<'a> {
        if !matches!(json, Json::Object(_)) {
            self.fault(pointer.to_string(), said::an_entry(), json.to_string());
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
        entry.moment = entry.time.as_deref().and_then(read_instant);
        entry.kind = self.one_of(json, pointer, "/kind", &KINDS, said::a_kind_of_entry);
        entry.action = self.one_of(json, pointer, "/action", &ACTIONS, said::an_action);
        entry.sequence = self.number(json, pointer, "/sequence");
        if let Some(objects) = json.get("objects") {
            entry.objects = self.list(objects, &format_args!("{pointer}/objects"), Self::object);
        }
        entry.has_criteria = matches!(json.get("criteria"), Some(Json::Object(members)) if !members.is_empty());
        entry.disclosure = self.disclosure(json, pointer);
        entry.kanta = self.kanta(json, pointer);
        entry.outcome = self.outcome(json, pointer);
        entry.pointer = pointer.to_string();
        entry
    }

    fn object<'a>(&mut self, json: &Json<'a>, pointer: &dyn Display) -> LogObject<'a> {
        let document = self.text(json, pointer, "/documentId");
        LogObject { document, description: self.text(json, pointer, "/description") }
    }

    /// What `read` makes of each element of the array `json`, which stands at `pointer`.
    fn list<'a, T>(
        &mut self,
        json: &Json<'a>,
        pointer: &dyn Display,
        read: fn(&mut Self, &Json<'a>, &dyn Display) -> T,
    ) -> Vec<T> {
        let Json::List(list) = json else {
            self.fault(pointer.to_string(), said::an_array(), json.to_string());
            return Vec::new();
        };
        if list.len() > MOST {
            self.fault(pointer.to_string(), said::at_most_10000_elements(), list.len().to_string());
        }
        let elements = list.iter().take(MOST).enumerate();
        elements.map(|(index, element)| read(self, element, &format_args!("{pointer}/{index}"))).collect()
    }

    fn disclosure<'a>(&mut self, json: &Json<'a>, base: &dyn Display) -> Option<Disclosure<'a>> {
        self.object_at(json, base, "/disclosure")?;
        let names = [DisclosureChannel::OutsideArchive.name(), DisclosureChannel::ThroughArchive.name()];
        let channel = self.one_of(json, base, "/disclosure/channel", &names, said::a_channel);
        let to_client = json.at("/disclosure/recipient/client") == Some(&Json::Bool(true));
        let id = self.text(json, base, "/disclosure/recipient/id");
        let name = self.text(json, base, "/disclosure/recipient/name");
        Some(Disclosure {
            channel: channel.map(|name| {
                if name == names[0] { DisclosureChannel::OutsideArchive } else { DisclosureChannel::ThroughArchive }
            }),
            recipient: id.or(name).or(to_client.then_some(Cow::Borrowed("client"))),
            notice: self.text(json, base, "/disclosure/noticeId"),
        })
    }

    fn kanta<'a>(&mut self, json: &Json<'a>, base: &dyn Display) -> Option<KantaCall<'a>> {
        self.object_at(json, base, "/kanta")?;
        let message = self.text(json, base, "/kanta/messageId");
        let request = self.text(json, base, "/kanta/requestId");
        let correlation = self.text(json, base, "/kanta/correlationId");
        Some(KantaCall {
            id: message.or(request),
            correlation,
            http_status: self.number(json, base, "/kanta/httpStatus"),
        })
    }

    fn outcome(&mut self, json: &Json<'_>, base: &dyn Display) -> Option<LogOutcome> {
        let all = [LogOutcome::Success, LogOutcome::Failure, LogOutcome::Refused];
        let name = self.one_of(json, base, "/outcome", &all.map(LogOutcome::name), said::success_failure_or_refused)?;
        all.into_iter().find(|outcome| outcome.name() == name)
    }

    fn object_at<'v, 'a>(&mut self, json: &'v Json<'a>, base: &dyn Display, relative: &str) -> Option<&'v Json<'a>> {
        let value = json.at(relative)?;
        if !matches!(value, Json::Object(_)) {
            self.fault(format!("{base}{relative}"), said::an_object(), value.to_string());
        }
        Some(value)
    }

    fn one_of<'a>(
        &mut self,
        json: &Json<'a>,
        base: &dyn Display,
        relative: &str,
        names: &[&str],
        expected: fn() -> Said,
    ) -> Option<Cow<'a, str>> {
        let name = self.text(json, base, relative)?;
        if names.contains(&name.as_ref()) {
            return Some(name);
        }
        self.fault(format!("{base}{relative}"), expected(), format!("\"{name}\""));
        None
    }

    fn text<'a>(&mut self, json: &Json<'a>, base: &dyn Display, relative: &str) -> Option<Cow<'a, str>> {
        match json.at(relative) {
            None => None,
            Some(Json::Text(text)) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
            Some(other) => {
                self.fault(format!("{base}{relative}"), said::a_text(), other.to_string());
                None
            }
        }
    }

    fn number(&mut self, json: &Json<'_>, base: &dyn Display, relative: &str) -> Option<i64> {
        let value = json.at(relative)?;
        let number = if let Json::Number(number) = value { whole(number) } else { None };
        if number.is_none() {
            self.fault(format!("{base}{relative}"), said::a_whole_number(), value.to_string());
        }
        number
    }

    fn fault(&mut self, pointer: String, expected: Said, actual: String) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(LogFault { pointer, expected, actual });
        }
    }
}
