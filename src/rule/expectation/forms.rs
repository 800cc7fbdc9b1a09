//! Forms between organisations: sent once, received, receipted and shown.

use serde_json::Value;

use super::{Case, ReadExchange};
use crate::evidence::{Channel, Exchange};
use crate::rule::Findings;

/// The form of a step goes to the service once, however often it was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormSent {
    /// The step after which it is there.
    pub step: String,
    /// The step that makes it.
    pub form: String,
}

/// A form that waits is fetched, receipted and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormReceived {
    /// The step that receives forms.
    pub step: String,
    /// The form.
    pub form: String,
}

impl FormSent {
    /// What it can find.
    pub const CODES: [&'static str; 2] = ["form-not-sent", "form-sent-twice"];

    /// Forms are told apart by their keys: the service knows the same key again.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let Some(name) = case.names.get(&self.form) else { return };
        let sent = calls(case).filter(|exchange| exchange.request.start.ends_with("/forms") && is_posted(exchange));
        let mut keys: Vec<String> = sent
            .filter(|exchange| holds(exchange.request.body.bytes(), &name.marker))
            .map(|exchange| key(exchange.request.body.bytes()))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        let [missing, doubled] = Self::CODES;
        match keys.len() {
            0 => out.add_for_step(missing, &self.step, "1", "0"),
            1 => {}
            count => out.add_for_step(doubled, &self.step, "1", count.to_string()),
        }
    }
}

impl FormReceived {
    /// What it can find.
    pub const CODES: [&'static str; 3] = ["form-not-fetched", "form-not-receipted", "form-not-shown"];

    /// What is not fetched is neither receipted nor shown: that would only repeat it.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let Some(name) = case.names.get(&self.form) else { return };
        let [unfetched, unreceipted, unshown] = Self::CODES;
        let fetched = calls(case).find_map(|exchange| {
            let given = exchange.answer.as_ref()?.body.bytes();
            exchange.request.start.strip_suffix("/content").filter(|_| holds(given, &name.marker))
        });
        let Some(fetched) = fetched else {
            return out.add_for_step(unfetched, &self.step, "1", "0");
        };
        let receipt = fetched.replacen("GET ", "POST ", 1) + "/receipt";
        if !calls(case).any(|exchange| exchange.request.start == receipt) {
            out.add_for_step(unreceipted, &self.step, "1", "0");
        }
        let shown = case.action(&self.step).and_then(|action| action.result.get("forms")?.as_array());
        let shown = shown.into_iter().flatten();
        if !shown.into_iter().any(|form| form["text"].as_str().is_some_and(|text| text.contains(&name.marker))) {
            out.add_for_step(unshown, &self.step, "1", "0");
        }
    }
}

/// What the service of forms did.
fn calls<'c>(case: &'c Case<'_>) -> impl Iterator<Item = &'c Exchange> {
    let done = |read: &&ReadExchange<'_>| read.exchange.channel == Channel::Forms && read.exchange.accepted;
    case.exchanges.iter().filter(done).map(|read| read.exchange)
}

fn is_posted(exchange: &Exchange) -> bool {
    exchange.request.start.starts_with("POST ")
}

fn key(body: &[u8]) -> String {
    let sent: Option<Value> = serde_json::from_slice(body).ok();
    sent.and_then(|sent| sent["key"].as_str().map(str::to_owned)).unwrap_or_default()
}

fn holds(body: &[u8], marker: &str) -> bool {
    memchr::memmem::find(body, marker.as_bytes()).is_some()
}
