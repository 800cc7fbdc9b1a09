//! The body is a FHIR Bundle in JSON that can be read in one way only.

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::NoticeUnreadable;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "unreadable",
    requirement: "DIS-15",
    sentence: "The body is a FHIR Bundle in JSON that can be read in one way only.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let json = match &case.reading.body {
        Ok(bundle) => &bundle.json,
        Err(error) => return findings.add(CODE, &error.spot, said::a_bundle_in_json(), error.said()),
    };
    if case.reading.bundle().is_none() {
        let kind = json.get("resourceType").map(ToString::to_string);
        findings.add(CODE, &in_bundle("/resourceType"), Said::value("Bundle"), Said::value_or(kind, said::none()));
    }
}
