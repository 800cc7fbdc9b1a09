//! A form that waits is fetched, receipted and shown.

use super::form_calls::{form_calls, holds};
use super::{ExpectationKind, Expected, Member, MemberKind, MemberReader, ScenarioEvidence};
use crate::evidence::StartLine;
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// What `see = "form-received"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "form-received",
    sentence: "a form that waits is fetched, receipted and shown",
    members: &[FORM.description],
    codes: &[FindingCode::FormNotFetched, FindingCode::FormNotReceipted, FindingCode::FormNotShown],
    read: read_members,
};

const FORM: Member<String> = Member::text("form", MemberKind::WaitingForm, "the form that waits");

/// A form that waits is fetched, receipted and shown.
#[derive(Debug)]
struct FormReceived {
    form: String,
}

fn read_members(members: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(FormReceived { form: members.get(&FORM)? }))
}

impl Expected for FormReceived {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    fn needs_message(&self) -> bool {
        true
    }

    /// What is not fetched is neither receipted nor shown: that would only repeat it.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(name) = evidence.names.get(&self.form) else { return };
        let fetched = form_calls(evidence).find_map(|exchange| {
            let given = exchange.answer.as_ref()?.body.bytes();
            exchange.request.start.target().strip_suffix("/content").filter(|_| holds(given, &name.marker))
        });
        let Some(fetched) = fetched else {
            return out.add_for_step(FindingCode::FormNotFetched, step, Said::value("1"), Said::value("0"));
        };
        let receipt = StartLine::request("POST", &format!("{fetched}/receipt"));
        if !form_calls(evidence).any(|exchange| exchange.request.start == receipt) {
            out.add_for_step(FindingCode::FormNotReceipted, step, Said::value("1"), Said::value("0"));
        }
        let shown = evidence.action(step).and_then(|action| action.result.get("forms")?.as_array());
        if !shown
            .into_iter()
            .flatten()
            .any(|form| form["text"].as_str().is_some_and(|text| text.contains(&name.marker)))
        {
            out.add_for_step(FindingCode::FormNotShown, step, Said::value("1"), Said::value("0"));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Expected;
    use super::super::samples::{FORM_TEXT, form_call, found_of_form};
    use super::FormReceived;
    use crate::evidence::Exchange;

    #[test]
    fn a_form_is_fetched_receipted_and_shown() {
        let found = |calls: &[Exchange], text: &str| {
            let rule = FormReceived { form: "f".to_owned() };
            found_of_form(calls, json!({"forms": [{"text": text}]}), move |case, out| rule.judge("a", case, out))
        };
        let fetched = form_call("GET /forms/v1/forms/7/content", "", FORM_TEXT);
        let receipted = form_call("POST /forms/v1/forms/7/receipt", "", "");
        let other = form_call("POST /forms/v1/forms/8/receipt", "", "");
        assert_eq!(found(&[fetched.clone(), receipted.clone()], FORM_TEXT), Vec::<String>::new());
        assert_eq!(found(std::slice::from_ref(&receipted), FORM_TEXT), ["form-not-fetched"]);
        assert_eq!(found(&[fetched.clone(), other], FORM_TEXT), ["form-not-receipted"]);
        assert_eq!(found(&[fetched, receipted], "KOE-Y"), ["form-not-shown"]);
    }
}
