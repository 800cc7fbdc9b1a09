//! All notices of a Bundle are about one person.

use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::NoticePersonsMixed;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "persons-mixed",
    requirement: "DIS-04",
    sentence: "All notices of a Bundle are about one person.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let Some(bundle) = case.bundle else { return };
    let Some((first, others)) = bundle.persons.split_first() else { return };
    for other in others {
        findings.add(CODE, &other.spot, said::only(&first.value), Said::value(&other.value));
    }
}
