//! The identity codes of the persons in the Bundle are right ones.

use super::subject::{NoticeCase, NoticeSubject};
use crate::domain::Hetu;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

const CODE: FindingCode = FindingCode::IdentityCodeWrong;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "identity-code-wrong",
    requirement: "STO-09",
    sentence: "The identity codes of the persons in the Bundle are right ones.",
    codes: &[CODE],
    judge,
};

/// What is wrong with a code is told without the code: a slip of the pen may be close to a real one.
fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    for person in case.bundle.into_iter().flat_map(|bundle| &bundle.persons) {
        if let Err(error) = person.value.parse::<Hetu>() {
            findings.add(CODE, &person.spot, said::an_identity_code(), error.said());
        }
    }
}
