//! The service of forms and its calls: send, look after, fetch, receipt.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::refusal::FormRefusal;
use crate::domain::{Fault, Hetu, Oid, Operation};
use crate::evidence::{RequestKind, ServiceTag};
use crate::kanta::archive::{FormRecord, FormState};
use crate::kanta::core::Core;
use crate::kanta::exchange::{Arrival, ExchangeRecord, Handled, Reply, RequestProblem, ServiceAnswer};
use crate::kanta::fault_reply::{PlannedFault, play_any};
use crate::kanta::json_refusal::json_refusal;
use crate::kanta::service::Service;
use crate::reading::digest;
use crate::wire::json::walk;

/// Where the service stands.
const ROOT: &str = "/forms/v1/";
const ORGANISATION: &str = "x-organisation";
/// Forms that may wait for one organisation.
const MOST_WAITING: i64 = 10_000;
/// Forms that one look into the inbox shows.
const MOST_SHOWN: usize = 1_000;
const LONGEST_NAME: usize = 200;

/// A form as it is sent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Sending {
    /// The sender's own name for it.
    key: String,
    /// OID of the organisation that it is for.
    recipient: Oid,
    /// What form it is.
    kind: String,
    content: Value,
}

/// Forms between organisations.
pub(in crate::kanta) struct FormService;

impl Service for FormService {
    fn tag(&self) -> ServiceTag {
        ServiceTag::new("forms", RequestKind::Call)
    }

    fn paths(&self) -> &'static [&'static str] {
        &["/forms/v1/{*path}"]
    }

    fn entry_path(&self) -> Option<&'static str> {
        Some("/forms/v1")
    }

    fn operations(&self) -> &'static [Operation] {
        &[Operation::SendForm]
    }

    fn faults(&self) -> &'static [Fault] {
        Fault::ALL
    }

    fn refuse(&self, _: &Core, _: &Arrival, problem: &RequestProblem) -> Handled {
        json_refusal(problem, "error")
    }

    /// A fault is planned for a form that is sent; the other calls meet those of handshakes only.
    fn answer(&self, core: &Core, arrival: &Arrival) -> Handled {
        let persons = persons(core, arrival);
        let is_sent = arrival.method() == "POST" && steps(arrival) == ["forms"];
        let (operation, planned) = match is_sent {
            true => {
                let operation = Operation::SendForm;
                (operation, PlannedFault::take(core, arrival, self.faults(), &persons, operation))
            }
            false => (Operation::Unknown, PlannedFault::met(arrival)),
        };
        let handled = planned.instead().map_or_else(|| worked(core, arrival), play_any);
        let (record, reply) = planned.shown_in(handled);
        (ExchangeRecord { operation, persons, ..record }, reply)
    }
}

fn steps(arrival: &Arrival) -> Vec<&str> {
    arrival.path().strip_prefix(ROOT).unwrap_or_default().split('/').collect()
}

/// Identity codes in the form that is sent or asked about: by them the evidence joins a scenario.
fn persons(core: &Core, arrival: &Arrival) -> Vec<String> {
    let number = steps(arrival).get(1).and_then(|id| id.parse().ok());
    let kept = number.and_then(|number| core.archive.form_content(number).ok().flatten());
    let content = kept.map_or_else(|| arrival.body().to_vec(), String::into_bytes);
    let mut codes = Vec::new();
    if let Ok(content) = serde_json::from_slice::<Value>(&content) {
        walk(&content, &mut |_, value| {
            let code = value.as_str().and_then(|text| text.parse::<Hetu>().ok()).filter(Hetu::is_test);
            codes.extend(code.map(|code| code.as_str().to_owned()));
        });
    }
    codes
}

fn worked(core: &Core, arrival: &Arrival) -> (ExchangeRecord, Reply) {
    let (record, status, body) = match done(core, arrival) {
        Ok((status, body)) => (ExchangeRecord { accepted: true, ..ExchangeRecord::default() }, status, body),
        Err(refusal) => {
            let (status, ground) = refusal.told();
            (ExchangeRecord::refused(ground), status, json!({ "error": refusal.to_string() }))
        }
    };
    (record, Reply::Answer(ServiceAnswer::new(status, "application/json", format!("{body:#}"))))
}

fn done(core: &Core, arrival: &Arrival) -> Result<(StatusCode, Value), FormRefusal> {
    if arrival.is_withheld() {
        return Err(FormRefusal::Foreign);
    }
    let caller = caller(arrival)?;
    let steps = steps(arrival);
    let call = FormCall { core, arrival, caller };
    let (method, work): (_, &dyn Fn() -> Result<(StatusCode, Value), FormRefusal>) = match steps.as_slice() {
        ["forms"] => ("POST", &|| call.send()),
        ["inbox"] => ("GET", &|| call.inbox()),
        ["forms", id] => ("GET", &|| call.show(id)),
        ["forms", id, "content"] => ("GET", &|| call.fetch(id)),
        ["forms", id, "receipt"] => ("POST", &|| call.receipt(id)),
        _ => return Err(FormRefusal::NoAddress),
    };
    if arrival.method() == method { work() } else { Err(FormRefusal::Method(method)) }
}

/// The organisation of the certificate; without TLS the one that the header names.
fn caller(arrival: &Arrival) -> Result<String, FormRefusal> {
    let named = arrival.header(ORGANISATION).map(str::trim).filter(|name| !name.is_empty());
    match (&arrival.caller.serial_number, named) {
        (Some(certified), Some(named)) if certified != named => Err(FormRefusal::NotTheirs(named.to_owned())),
        (Some(certified), _) => Ok(certified.clone()),
        (None, Some(named)) => Ok(named.to_owned()),
        (None, None) => Err(FormRefusal::Unnamed),
    }
}

struct FormCall<'a> {
    core: &'a Core,
    arrival: &'a Arrival,
    caller: String,
}

impl FormCall<'_> {
    fn send(&self) -> Result<(StatusCode, Value), FormRefusal> {
        let sending: Sending =
            serde_json::from_slice(self.arrival.body()).map_err(|error| FormRefusal::Unreadable(error.to_string()))?;
        for (name, text) in [("key", &sending.key), ("kind", &sending.kind)] {
            if text.trim().is_empty() || text.chars().count() > LONGEST_NAME {
                return Err(FormRefusal::Unreadable(format!("{name} needs 1 to {LONGEST_NAME} characters")));
            }
        }
        let recipient = sending.recipient.to_string();
        let waiting = self.core.archive.count_forms_for(&recipient)?;
        if waiting >= MOST_WAITING {
            return Err(FormRefusal::Full(waiting));
        }
        let form = FormRecord {
            id: 0,
            sender: self.caller.clone(),
            recipient,
            key: sending.key.clone(),
            kind: sending.kind,
            state: FormState::Waiting,
            sent: self.arrival.received,
            fetched: None,
            receipted: None,
        };
        let content = sending.content.to_string();
        let kept = self.core.archive.send_form(&form, &content, &digest(content.as_bytes()))?;
        kept.map(|form| (StatusCode::CREATED, json!(form))).ok_or(FormRefusal::KeyReused(sending.key))
    }

    fn inbox(&self) -> Result<(StatusCode, Value), FormRefusal> {
        let forms = self.core.archive.forms_for(&self.caller, MOST_SHOWN)?;
        Ok((StatusCode::OK, json!({ "forms": forms })))
    }

    fn show(&self, id: &str) -> Result<(StatusCode, Value), FormRefusal> {
        let form = self.form(id, |form| [&form.sender, &form.recipient].contains(&&self.caller))?;
        Ok((StatusCode::OK, json!(form)))
    }

    fn fetch(&self, id: &str) -> Result<(StatusCode, Value), FormRefusal> {
        let form = self.form(id, |form| form.recipient == self.caller)?;
        let content =
            self.core.archive.fetch_form(form.id, self.arrival.received)?.ok_or(FormRefusal::Over(form.id))?;
        let content: Value = serde_json::from_str(&content).unwrap_or(Value::String(content));
        Ok((StatusCode::OK, json!({ "id": form.id, "kind": form.kind, "sender": form.sender, "content": content })))
    }

    fn receipt(&self, id: &str) -> Result<(StatusCode, Value), FormRefusal> {
        let form = self.form(id, |form| form.recipient == self.caller)?;
        if !self.core.archive.receipt_form(form.id, self.arrival.received)? {
            return Err(FormRefusal::NotFetched(form.id));
        }
        self.show(id)
    }

    /// The form with this number, where the caller may have to do with it.
    fn form(&self, id: &str, is_theirs: impl Fn(&FormRecord) -> bool) -> Result<FormRecord, FormRefusal> {
        let number = id.parse().ok();
        let form = number.map_or(Ok(None), |number| self.core.archive.form(number))?;
        form.filter(is_theirs).ok_or_else(|| FormRefusal::NoForm(id.chars().take(LONGEST_NAME).collect()))
    }
}
