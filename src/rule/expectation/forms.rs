//! Forms between organisations: sent once, received, receipted and shown.

use serde_json::Value;

use super::{Case, ReadExchange};
use crate::evidence::Exchange;
use crate::rule::Findings;

/// The service of forms, by its id.
const SERVICE: &str = "forms";

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
        if !shown
            .into_iter()
            .flatten()
            .any(|form| form["text"].as_str().is_some_and(|text| text.contains(&name.marker)))
        {
            out.add_for_step(unshown, &self.step, "1", "0");
        }
    }
}

/// What the service of forms did.
fn calls<'c>(case: &'c Case<'_>) -> impl Iterator<Item = &'c Exchange> {
    let done = |read: &&ReadExchange<'_>| read.exchange.service.id() == SERVICE && read.exchange.accepted;
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::super::outcome::tests::action;
    use super::super::retry_after::tests::{exchange, judged_with};
    use super::super::{Case, DocumentName};
    use super::{FormReceived, FormSent, SERVICE};
    use crate::evidence::{ActionRecord, Body, Exchange, ServiceTag};
    use crate::rule::Findings;

    const TEXT: &str = "Näytelomake KOE-X.";

    /// A call of the service of forms that succeeded: what was sent, and what came back.
    fn call(start: &str, sent: &str, given: &str) -> Exchange {
        let mut call = exchange(1, "m", 0);
        (call.service, call.accepted) = (ServiceTag::of_id(SERVICE), true);
        (call.request.start, call.request.body) = (start.to_owned(), Body::Raw(sent.as_bytes().to_vec()));
        call.answer.as_mut().expect("answer").body = Body::Raw(given.as_bytes().to_vec());
        call
    }

    /// A form that is sent under `key`.
    fn sending(key: &str) -> Exchange {
        call("POST /forms/v1/forms", &json!({"key": key, "content": {"text": TEXT}}).to_string(), "")
    }

    /// What the judge finds where the system shows `shown` in the end.
    fn codes(calls: &[Exchange], shown: Value, judge: impl Fn(&Case<'_>, &mut Findings<'_>)) -> Vec<String> {
        let action = ActionRecord { step: "a".to_owned(), ..action(shown) };
        let names = BTreeMap::from([("f".to_owned(), DocumentName { marker: "KOE-X".to_owned(), set_id: None })]);
        judged_with(calls, vec![&action], names, judge).into_iter().map(|finding| finding.code.to_string()).collect()
    }

    #[test]
    fn a_form_goes_out_once_under_one_key() {
        let found = |calls: &[Exchange]| {
            let rule = FormSent { step: "a".to_owned(), form: "f".to_owned() };
            codes(calls, Value::Null, move |case, out| rule.judge(case, out))
        };
        assert_eq!(found(&[sending("1")]), Vec::<String>::new());
        assert_eq!(found(&[sending("1"), sending("1")]), Vec::<String>::new());
        assert_eq!(found(&[sending("1"), sending("2")]), ["form-sent-twice"]);
        assert_eq!(found(&[]), ["form-not-sent"]);
        let refused = Exchange { accepted: false, ..sending("1") };
        assert_eq!(found(&[refused]), ["form-not-sent"]);
    }

    #[test]
    fn a_form_is_fetched_receipted_and_shown() {
        let found = |calls: &[Exchange], text: &str| {
            let rule = FormReceived { step: "a".to_owned(), form: "f".to_owned() };
            codes(calls, json!({"forms": [{"text": text}]}), move |case, out| rule.judge(case, out))
        };
        let fetched = call("GET /forms/v1/forms/7/content", "", TEXT);
        let receipted = call("POST /forms/v1/forms/7/receipt", "", "");
        let other = call("POST /forms/v1/forms/8/receipt", "", "");
        assert_eq!(found(&[fetched.clone(), receipted.clone()], TEXT), Vec::<String>::new());
        assert_eq!(found(std::slice::from_ref(&receipted), TEXT), ["form-not-fetched"]);
        assert_eq!(found(&[fetched.clone(), other], TEXT), ["form-not-receipted"]);
        assert_eq!(found(&[fetched, receipted], "KOE-Y"), ["form-not-shown"]);
    }
}
