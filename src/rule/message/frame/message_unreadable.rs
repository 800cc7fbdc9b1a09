//! A message can be read.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::xml::ReadErrorKind;
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "message-unreadable",
    requirement: "TRA-01",
    sentence: "A message can be read.",
    codes: &[FindingCode::MessageUnreadable],
    judge,
};

/// That it is too large is another finding.
fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Err(error) = &subject.reading.message else { return };
    if !matches!(error.kind, ReadErrorKind::TooLarge { .. }) {
        let expected = said::a_soap_envelope_with_one_hl7_v3();
        findings.add(FindingCode::MessageUnreadable, &error.spot, expected, error.said());
    }
}
