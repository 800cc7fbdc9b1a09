//! The elements that the profile rules out are not in a notice.

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::NoticeElementForbidden;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "element-forbidden",
    requirement: "DIS-17",
    sentence: "The elements that the profile rules out are not in a notice.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    for notice in case.notices() {
        for relative in &case.context.profile.notice.element.forbidden {
            let pointer = format!("{}{relative}", notice.resource());
            if let Some(value) = case.at(&pointer) {
                findings.add(CODE, &in_bundle(pointer), said::no_such_element(), Said::value(value.to_string()));
            }
        }
    }
}
