//! A disclosure is recorded when it has happened, not before.

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::NoticeRecordedEarly;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "recorded-early",
    requirement: "DIS-23",
    sentence: "A disclosure is recorded when it has happened, not before.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    for notice in case.notices() {
        let moment = |relative: &str| case.instant(&format!("{}{relative}", notice.resource()));
        if let (Some(start), Some(recorded)) = (moment("/period/start"), moment("/recorded"))
            && recorded < start
        {
            let spot = in_bundle(format!("{}/recorded", notice.resource()));
            findings.add(CODE, &spot, said::not_before(start.to_string()), Said::value(recorded.to_string()));
        }
    }
}
