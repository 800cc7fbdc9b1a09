//! The Bundle carries a signature.

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

const CODE: FindingCode = FindingCode::NoticeSignatureMissing;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "signature-missing",
    requirement: "DIS-10",
    sentence: "The Bundle carries a signature.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    if case.bundle.is_some() && case.signature.is_none() {
        let pointer = if case.is_said("/signature") { "/signature/data" } else { "/signature" };
        findings.add(CODE, &in_bundle(pointer), said::a_signature_over_the_bundle(), said::none());
    }
}
