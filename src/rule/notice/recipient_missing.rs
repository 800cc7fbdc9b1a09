//! A notice names somebody beside the controller, to whom the data were disclosed.

use super::parties::has_others;
use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

const CODE: FindingCode = FindingCode::NoticeRecipientMissing;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "recipient-missing",
    requirement: "DIS-06",
    sentence: "A notice names somebody beside the controller, to whom the data were disclosed.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let rules = &case.context.profile.notice.role;
    for notice in case.notices().filter(|notice| !has_others(notice, rules)) {
        let spot = in_bundle(format!("{}/agent", notice.resource()));
        findings.add(CODE, &spot, said::a_recipient(), said::none());
    }
}
