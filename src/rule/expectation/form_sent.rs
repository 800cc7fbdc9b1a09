//! A form goes to the service of forms once.

use serde_json::Value;

use super::form_calls::{form_calls, holds};
use super::{ExpectationKind, Expected, Member, MemberReader, ScenarioEvidence};
use crate::domain::Operation;
use crate::evidence::Exchange;
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// What `see = "form-sent"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "form-sent",
    sentence: "the form of a step is at the service of forms once",
    members: &[OF.description],
    codes: &[FindingCode::FormNotSent, FindingCode::FormSentTwice],
    read: read_members,
};

const OF: Member<String> = Member::step("of", "the step that sent it");

/// The form of a step goes to the service once, however often it was tried.
#[derive(Debug)]
struct FormSent {
    /// The step that makes it.
    form: String,
}

fn read_members(members: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(FormSent { form: members.get(&OF)? }))
}

impl Expected for FormSent {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    fn proves(&self) -> Vec<Operation> {
        vec![Operation::SendForm]
    }

    /// Forms are told apart by their keys: the service knows the same key again.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(name) = evidence.names.get(&self.form) else { return };
        let sent = form_calls(evidence)
            .filter(|exchange| exchange.request.start.target().ends_with("/forms") && is_posted(exchange));
        let mut keys: Vec<String> = sent
            .filter(|exchange| holds(exchange.request.body.bytes(), &name.marker))
            .map(|exchange| key(exchange.request.body.bytes()))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        match keys.len() {
            0 => out.add_for_step(FindingCode::FormNotSent, step, Said::value("1"), Said::value("0")),
            1 => {}
            count => {
                out.add_for_step(FindingCode::FormSentTwice, step, Said::value("1"), Said::value(count.to_string()));
            }
        }
    }
}

fn is_posted(exchange: &Exchange) -> bool {
    exchange.request.start.is_post()
}

fn key(body: &[u8]) -> String {
    let sent: Option<Value> = serde_json::from_slice(body).ok();
    sent.and_then(|sent| sent["key"].as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::Expected;
    use super::super::samples::{FORM_TEXT, form_call, found_of_form};
    use super::FormSent;
    use crate::evidence::Exchange;

    /// A form that is sent under `key`.
    fn sending(key: &str) -> Exchange {
        form_call("POST /forms/v1/forms", &json!({"key": key, "content": {"text": FORM_TEXT}}).to_string(), "")
    }

    #[test]
    fn a_form_goes_out_once_under_one_key() {
        let found = |calls: &[Exchange]| {
            let rule = FormSent { form: "f".to_owned() };
            found_of_form(calls, Value::Null, move |case, out| rule.judge("a", case, out))
        };
        assert_eq!(found(&[sending("1")]), Vec::<String>::new());
        assert_eq!(found(&[sending("1"), sending("1")]), Vec::<String>::new());
        assert_eq!(found(&[sending("1"), sending("2")]), ["form-sent-twice"]);
        assert_eq!(found(&[]), ["form-not-sent"]);
        let refused = Exchange { accepted: false, ..sending("1") };
        assert_eq!(found(&[refused]), ["form-not-sent"]);
    }
}
