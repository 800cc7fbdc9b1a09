//! A Bundle in a file comes without the request that would carry it, which is told and not judged.

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

const CODE: FindingCode = FindingCode::NoticeRequestNotJudged;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "request-not-judged",
    requirement: "DIS-13",
    sentence: "A Bundle in a file comes without the request that would carry it, which is told and not judged.",
    codes: &[CODE],
    judge,
};

fn judge(_: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    findings.add(CODE, &in_bundle(""), said::a_request_with_its_headers_token_and(), said::a_file());
}
