//! What an action is asked with: the step's names turned into what the vendor's system knows.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::tampering::tampered;
use crate::domain::{Controller, Gender, Person};
use crate::profile::Profile;
use crate::rule::expectation::Prohibited;
use crate::scenario::{Action, DisclosedItem, DisclosureEvent, Plan, Recipient, Step};

/// Kind of the forms that scenarios ask for and let wait.
pub(super) const FORM: &str = "KOE-lomake";
/// The authority that receives disclosures in scenarios, an invented organisation.
const AUTHORITY: (&str, &str) = ("1.2.246.10.99999993.10.0", "Vastaanottava näyteviranomainen");

/// The producer of an outsourced service of the organisation, invented too.
const PRODUCER: (&str, &str) = ("1.2.246.10.99999994.10.0", "Näytepalvelujen tuottaja");

/// A tenant of the joint-joining model (yhteisliittymismalli), whose host the organisation is; invented too.
const TENANT: (&str, &str) = ("1.2.246.10.99999995.10.0", "Näytepalvelujen liittyjä");

/// What free texts end with: characters that have to be escaped, letters outside of ASCII and of the first plane, a
/// double space and a line break.
const HARD_TO_WRITE: &str = "Näin: & < > \" ' Åå Öö Šš \u{1F600}, kaksi  väliä\nja uusi rivi; loppu tässä.";

/// What is known when a step begins.
pub(super) struct KnownValues<'a> {
    pub plan: &'a Plan,
    /// Which types documents have.
    pub profile: &'a Profile,
    /// Identifier of the first version of every document, by name.
    pub set_ids: &'a BTreeMap<String, String>,
    /// Newest document identifier of every document, by name.
    pub ids: &'a BTreeMap<String, String>,
    /// Identifier of the declaration that a step recorded, by its name.
    pub declarations: &'a BTreeMap<String, String>,
    /// Entries of the use log in the form in which they came, by the step that gave them.
    pub logs: &'a BTreeMap<String, Vec<Value>>,
    /// When the scenario started.
    pub started: jiff::Timestamp,
    pub now: jiff::Timestamp,
}

/// The parameters of a step's action.
pub(super) fn parameters(step: &Step, known: &KnownValues<'_>) -> Value {
    let mut members = Map::new();
    let mut put = |name: &str, value: Value| members.insert(name.to_owned(), value);
    if let Some(person) = step.client.as_ref().and_then(|name| known.plan.persons.get(name)) {
        if step.action == Action::KnowClient {
            put("person", person_value(person));
        } else {
            put("client", json!(person.identity_code));
        }
    }
    let marker = known.plan.markers.get(&step.name).map_or("", String::as_str);
    match step.action {
        Action::StoreClientRelationship => drop(put("marker", json!(marker))),
        Action::StoreMatter => {
            put("relationship", known.set_id(step.relationship.as_ref()));
            put("title", json!(format!("Näyteasia {marker}")));
            put("marker", json!(marker));
        }
        Action::StoreClientDocument | Action::StoreFirstPhaseDocument | Action::StoreOldDocument => {
            if step.action == Action::StoreOldDocument {
                put("relationship", known.set_id(step.relationship.as_ref()));
            } else {
                put("matter", known.set_id(step.matter.as_ref()));
            }
            let kind = step.action.name().trim_start_matches("store-");
            put("document-type", json!(known.profile.type_of_kind(kind)));
            put("text", json!(format!("Näyteteksti {marker}. {HARD_TO_WRITE}")));
            put("marker", json!(marker));
        }
        Action::CorrectDocument => {
            put("document", known.set_id(step.document.as_ref()));
            put("text", json!(format!("Korjattu näyteteksti {marker}. {HARD_TO_WRITE}")));
            put("marker", json!(marker));
        }
        Action::NullifyDocument => {
            put("document", known.set_id(step.document.as_ref()));
            put("reason", json!("Tallennettu vahingossa."));
        }
        Action::ViewDocument | Action::ArchivistNullifies => drop(put("document", known.id(step.document.as_ref()))),
        Action::DocumentStatus => {
            let name = step.document.as_deref().unwrap_or("");
            match known.set_ids.get(name) {
                Some(set_id) => put("document", json!(set_id)),
                None => put("marker", json!(known.plan.markers.get(name))),
            };
        }
        Action::SearchDocuments | Action::SearchMetadata | Action::SearchSummary => search(step, known, &mut put),
        Action::RecordPermit => {
            put("permits", step.permits.iter().map(|permit| json!(permit.name())).collect());
        }
        Action::RecordProhibition => drop(put("prohibits", known.prohibits(step.prohibits.as_ref()))),
        Action::WithdrawDeclaration => {
            let id = step.declaration.as_ref().and_then(|name| known.declarations.get(name));
            put("declaration", json!(id));
        }
        Action::RecordDisclosures | Action::RecordTenantDisclosures => disclosures(step, known, &mut put),
        Action::UseLog => {
            put("from", json!(rounded_down(known.started)));
            put("until", json!(a_minute_after(known.now)));
        }
        Action::VerifyLog => drop(put("entries", tampered(known.log(step), step.tampering).into())),
        Action::EditLog => {
            let entry = known.log(step).first().unwrap_or(&Value::Null);
            put("event-id", entry.get("eventId").or_else(|| entry.get("id")).cloned().unwrap_or_default());
            put("sequence", entry["sequence"].clone());
        }
        Action::LogTimes => drop(put("instants", step.instants.iter().map(|one| json!(one.to_string())).collect())),
        Action::ClientLog => client_log(step, known.now, &mut put),
        Action::SendForm => sent_form(known.plan.controllers.oid(Controller::Other), marker, &mut put),
        Action::KnowClient
        | Action::SendPending
        | Action::RecordInformation
        | Action::LogRetention
        | Action::ReceiveForms => {}
    }
    form_and_basis(step, known, &mut put);
    Value::Object(members)
}

/// In which form it is to be sent, and on what basis another controller's register is used.
fn form_and_basis(step: &Step, known: &KnownValues<'_>, put: &mut dyn FnMut(&str, Value) -> Option<Value>) {
    if step.attachments > 0 {
        let marker = known.plan.markers.get(&step.name).map_or("", String::as_str);
        put("attachments", (1..=step.attachments).map(|number| attachment(number, marker)).collect());
    }
    if let Some(form) = step.form.name() {
        put("form", json!(form));
    }
    if let Some(basis) = basis(step) {
        put("basis", json!(basis));
        put("controller", json!(known.plan.controllers.oid(step.controller)));
    }
}

/// Whose register is searched, and to what the search is narrowed.
fn search(step: &Step, known: &KnownValues<'_>, put: &mut dyn FnMut(&str, Value) -> Option<Value>) {
    put("controller", json!(known.plan.controllers.oid(step.controller)));
    if step.matter.is_some() {
        put("matter", known.set_id(step.matter.as_ref()));
    }
    if let Some(code) = &step.document_type {
        put("document-type", json!(code));
    }
}

/// What a client asks for: so many years, and why, where that is said.
fn client_log(step: &Step, now: jiff::Timestamp, put: &mut dyn FnMut(&str, Value) -> Option<Value>) {
    put("from", json!(years_before(now, step.years)));
    put("until", json!(a_minute_after(now)));
    if let Some(reason) = &step.reason {
        put("reason", json!(reason));
    }
}

fn disclosures(step: &Step, known: &KnownValues<'_>, put: &mut dyn FnMut(&str, Value) -> Option<Value>) {
    if step.action == Action::RecordTenantDisclosures {
        put("tenant", json!({ "id": TENANT.0, "name": TENANT.1 }));
    }
    let events = step.events.iter().enumerate().map(|(number, event)| event_value(number, event, step, known));
    put("events", events.collect());
}

/// A form that only this run has, for `recipient`.
fn sent_form(recipient: &str, marker: &str, put: &mut dyn FnMut(&str, Value) -> Option<Value>) {
    put("recipient", json!(recipient));
    put("kind", json!(FORM));
    put("text", json!(form_text(marker)));
    put("marker", json!(marker));
}

/// What the form with this marker says.
pub(super) fn form_text(marker: &str) -> String {
    format!("Näytelomake {marker}. {HARD_TO_WRITE}")
}

/// A text file that only this run has.
fn attachment(number: usize, marker: &str) -> Value {
    let content = STANDARD.encode(format!("Näyteliite {number}: {marker}\n"));
    json!({ "name": format!("liite-{number}.txt"), "media-type": "text/plain", "content": content })
}

impl KnownValues<'_> {
    fn set_id(&self, name: Option<&String>) -> Value {
        json!(name.and_then(|name| self.set_ids.get(name)))
    }

    fn prohibits(&self, target: Option<&Prohibited>) -> Value {
        match target {
            Some(Prohibited::Document(name)) => json!({ "document": self.set_ids.get(name) }),
            Some(Prohibited::ServiceTask(code)) => json!({ "service-task": code }),
            Some(Prohibited::Controller(controller)) => json!({ "controller": self.plan.controllers.oid(*controller) }),
            None => Value::Null,
        }
    }

    /// The log that the step is about.
    fn log(&self, step: &Step) -> &[Value] {
        step.log.as_ref().and_then(|name| self.logs.get(name)).map_or(&[], Vec::as_slice)
    }

    fn id(&self, name: Option<&String>) -> Value {
        json!(name.and_then(|name| self.ids.get(name)))
    }
}

/// On what basis another controller's register is used.
fn basis(step: &Step) -> Option<&'static str> {
    match step.controller {
        Controller::Own => None,
        Controller::Organiser => Some("register-access"),
        Controller::Other if step.by_law => Some("statutory"),
        Controller::Other => Some("permit"),
    }
}

fn person_value(person: &Person) -> Value {
    json!({
        "identity-code": person.identity_code,
        "family-name": person.family_name,
        "given-names": person.given_names,
        "birth-date": person.birth_date.to_string(),
        "gender": match person.gender { Gender::Male => "male", Gender::Female => "female" },
    })
}

fn event_value(number: usize, event: &DisclosureEvent, step: &Step, known: &KnownValues<'_>) -> Value {
    let client = known.plan.persons.get(&event.client).map(|person| person.identity_code.as_str());
    let recipient = match event.recipient {
        Recipient::Authority => json!({ "id": AUTHORITY.0, "name": AUTHORITY.1 }),
        Recipient::Client => json!({ "client": true }),
        Recipient::Producer => json!({ "id": PRODUCER.0, "name": PRODUCER.1, "producer": true }),
    };
    let item = |item: &DisclosedItem| match item {
        DisclosedItem::Document(name) => json!({ "document": known.set_ids.get(name) }),
        DisclosedItem::Described(text) => json!({ "description": text }),
    };
    let mut told = json!({
        "key": event_key(&step.name, number, known),
        "client": client,
        "recipient": recipient,
        "ground": event.ground,
        "channel": if event.through_archive { "through-archive" } else { "outside-archive" },
        "items": event.items.iter().map(item).collect::<Value>(),
        "at": known.now.to_string(),
    });
    if let Some(earlier) = &event.corrects {
        told["corrects"] = json!(event_key(earlier, 0, known));
    }
    told
}

/// The key of a disclosure of a step, which tells no more than the step's marker.
fn event_key(step: &str, number: usize, known: &KnownValues<'_>) -> String {
    let marker = known.plan.markers.get(step).map_or("", String::as_str);
    format!("{marker}-{}", number + 1)
}

fn a_minute_after(time: jiff::Timestamp) -> String {
    time.saturating_add(jiff::SignedDuration::from_mins(1)).unwrap_or(time).to_string()
}

fn years_before(time: jiff::Timestamp, years: u32) -> String {
    let days = 365 * i64::from(years);
    time.saturating_sub(jiff::SignedDuration::from_hours(24 * days)).unwrap_or(time).to_string()
}

/// A second earlier, so that a system that keeps whole seconds gives the first entries too.
fn rounded_down(time: jiff::Timestamp) -> String {
    time.saturating_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(time).to_string()
}
