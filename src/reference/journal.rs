//! What goes into the use log.

use serde_json::{Value, json};

use super::clock::rfc3339;
use super::draft::{DocumentKind, VersionId};
use super::faults::Fault;
use super::frame::Message;
use super::register::Record;
use super::settings::ReferenceSettings;
use super::system::System;
use super::transport::Delivery;
use crate::domain::{HETU_ROOT, PROFESSIONAL_ROOT};

/// What one entry tells beyond what every entry tells.
#[derive(Debug, Clone)]
pub struct Event<'a> {
    pub kind: &'static str,
    pub action: &'static str,
    pub client: &'a str,
    /// Why: code and text.
    pub purpose: (String, String),
    pub objects: Vec<Value>,
    /// Members that only some kinds have: criteria, disclosure.
    pub more: Vec<(&'static str, Value)>,
    /// The exchange with Kanta, or null.
    pub kanta: Value,
    pub outcome: LogOutcome,
}

/// Outcome in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogOutcome {
    /// Done.
    Success,
    /// Not done: no usable answer.
    Failure,
    /// Kanta said no.
    Refused,
}

impl LogOutcome {
    fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Refused => "refused",
        }
    }
}

/// How fast the clock of a deviating log is.
const FAST: jiff::SignedDuration = jiff::SignedDuration::from_mins(5);
/// A person whom no entry is about.
const OTHER_PERSON: &str = "010281-905B";

/// The purpose of what is done in the organisation's own register.
pub fn own_use(settings: &ReferenceSettings) -> (String, String) {
    let own = &settings.code().own_use;
    (own.code.clone(), own.display.clone())
}

impl System {
    /// Logs an event and gives the place of its entry.
    pub(super) fn record(&self, event: Event) -> usize {
        let mut log = self.log();
        let time = self.clock.now();
        let told = if self.deviates(Fault::LogClockFast) { time.saturating_add(FAST).unwrap_or(time) } else { time };
        let entry = self.entry(event, &rfc3339(told));
        if self.deviates(Fault::LogEntryDoubled) && !entry["kanta"].is_null() {
            log.append(time, entry.clone());
        }
        log.append(time, entry)
    }

    fn entry(&self, event: Event, time: &str) -> Value {
        let mut entry = json!({
            "eventId": self.ids.uuid(event.client),
            "sequence": 0,
            "kind": event.kind,
            "time": time,
            "client": {"system": format!("urn:oid:{HETU_ROOT}"), "value": event.client},
            "action": event.action,
            "user": self.user(),
            "organisation": {
                "subscriber": self.settings.organisation.oid,
                "requester": self.settings.organisation.oid,
                "unit": self.settings.organisation.unit_oid,
            },
            "controller": {
                "id": self.settings.organisation.oid,
                "register": {
                    "system": format!("urn:oid:{}", self.settings.code().client_register.system.oid),
                    "code": self.settings.code().client_register.code,
                },
            },
            "purpose": {"code": event.purpose.0, "text": event.purpose.1},
            "objects": event.objects,
        });
        for (name, value) in event.more {
            entry[name] = value;
        }
        entry["kanta"] = event.kanta;
        entry["system"] = json!({"id": "kantakoe-reference", "version": env!("CARGO_PKG_VERSION")});
        entry["outcome"] = json!(self.told(event.outcome));
        self.spoil(&mut entry);
        entry
    }

    fn user(&self) -> Value {
        let professional = &self.settings.professional;
        json!({
            "system": format!("urn:oid:{PROFESSIONAL_ROOT}"),
            "value": professional.registration_number,
            "name": format!("{} {}", professional.family_name, professional.given_name),
            "title": professional.title,
            "authenticationMethod": "card",
        })
    }

    fn told(&self, outcome: LogOutcome) -> &'static str {
        if self.deviates(Fault::LogFailureAsSuccess) { LogOutcome::Success.name() } else { outcome.name() }
    }

    /// The faults that change an entry as a whole.
    fn spoil(&self, entry: &mut Value) {
        match self.settings.fault {
            Some(Fault::LogEntryWithoutUser) => entry["user"] = Value::Null,
            Some(Fault::OtherPersonInLog) => {
                let text = format!("{} {OTHER_PERSON}", entry["purpose"]["text"].as_str().unwrap_or_default());
                entry["purpose"]["text"] = json!(text);
            }
            Some(Fault::LogEntryWithoutPurpose) => entry["purpose"] = Value::Null,
            Some(Fault::LogTimeWithoutZone) => {
                let local: String = entry["time"].as_str().unwrap_or_default().chars().take(23).collect();
                entry["time"] = json!(local);
            }
            Some(Fault::LogWrongRequestId) => {
                for name in ["messageId", "requestId"] {
                    if let Some(id) = entry["kanta"].get(name).and_then(Value::as_str) {
                        entry["kanta"][name] = json!(format!("{id}0"));
                    }
                }
            }
            _ => {}
        }
    }

    /// The `kanta` member and the outcome of a message to the archive.
    pub(super) fn traced(&self, message: &Message, delivery: &Delivery) -> (Value, LogOutcome) {
        let id = format!("{}:{}", self.settings.organisation.oid, message.extension);
        let (status, error, outcome) = match delivery {
            Delivery::Answered { status, answer } => {
                let outcome = if answer.accepted { LogOutcome::Success } else { LogOutcome::Refused };
                (Some(*status), answer.errors.first().map(|error| error.code.clone()), outcome)
            }
            Delivery::Unanswered(miss) => (miss.status, None, LogOutcome::Failure),
        };
        (json!({"messageId": id, "httpStatus": status, "errorCode": error}), outcome)
    }

    /// Completes the entry of a message that waited.
    pub(super) fn complete(&self, place: usize, message: &Message, delivery: &Delivery) {
        let (kanta, outcome) = self.traced(message, delivery);
        let told = self.told(outcome);
        self.log().amend(place, |entry| {
            entry["kanta"] = kanta;
            entry["outcome"] = json!(told);
            self.spoil(entry);
        });
    }

    /// Logs what the system itself refused to do.
    pub(super) fn record_objection(&self, client: &str, action: &'static str, why: &str) {
        let is_search = action == "search";
        self.record(Event {
            kind: if is_search { "search" } else { "use" },
            action,
            client,
            purpose: own_use(&self.settings),
            objects: vec![json!({"description": why})],
            more: if is_search { vec![("criteria", json!({"client": client}))] } else { vec![] },
            kanta: Value::Null,
            outcome: LogOutcome::Refused,
        });
    }

    /// A document as an object of an entry.
    pub(super) fn object(&self, record: &Record) -> Value {
        let mut object = object_of(&record.version, Some(record.kind));
        if self.deviates(Fault::DocumentTextInLog) && record.text.is_some() {
            object["text"] = json!(record.text);
        }
        object
    }
}

/// A version of a document as an object of an entry; metadata alone do not tell its type.
pub fn object_of(version: &VersionId, kind: Option<DocumentKind>) -> Value {
    json!({"documentId": version.id, "version": version.version, "type": kind.map(DocumentKind::title)})
}
