//! The value of a signature was made with the key of its certificate.

use super::signed::signatures;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::xmldsig::ValueOutcome;
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "signature-value-wrong",
    requirement: "STO-14",
    sentence: "The value of a signature was made with the key of its certificate.",
    codes: &[FindingCode::SignatureValueWrong],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for signature in signatures(subject).iter().filter(|one| one.report.value == ValueOutcome::Differs) {
        let expected = said::a_value_made_over_signed_info_with();
        findings.add(FindingCode::SignatureValueWrong, &signature.report.spot, expected, said::another_value());
    }
}
