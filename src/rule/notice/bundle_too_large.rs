//! A Bundle holds no more notices than the harness reads at once.

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

const CODE: FindingCode = FindingCode::NoticeBundleTooLarge;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "bundle-too-large",
    requirement: "TRA-08",
    sentence: "A Bundle holds no more notices than the harness reads at once.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    if case.reading.bundle().is_some() && case.bundle.is_none() {
        let most = case.context.profile.limits.notices_per_bundle;
        findings.add(CODE, &in_bundle("/entry"), said::at_most_notices_each_with_its_provenance(most), said::more());
    }
}
