//! The document has a structured form.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "json-missing",
    requirement: "STO-11",
    sentence: "The document has a structured form.",
    codes: &[FindingCode::JsonMissing],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(body) = subject.body().filter(|body| body.json.is_none()) else { return };
    if subject.needs_structured_form() {
        findings.add(
            FindingCode::JsonMissing,
            &body.spot.child("json"),
            said::base64_of_a_json_text(),
            said::nothing(),
        );
    }
}
