//! A message in a test says so in processingCode.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject, or_nothing};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::Said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "processing-code-not-test",
    requirement: "TRA-05",
    sentence: "A message in a test says so in processingCode.",
    codes: &[FindingCode::ProcessingCodeNotTest],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(frame) = subject.frame else { return };
    let expected = &subject.context.profile.party.processing_code;
    let code = frame.processing_code.as_ref();
    if code.is_none_or(|code| code.value != *expected) {
        let spot = code.map_or_else(|| frame.root.spot.child("processingCode"), |code| code.spot.clone());
        findings.add(FindingCode::ProcessingCodeNotTest, &spot, Said::value(expected.as_str()), or_nothing(code));
    }
}
