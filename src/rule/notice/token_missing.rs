//! The request carries one bearer token.

use super::place::in_header;
use super::subject::{NoticeCase, NoticeSubject};
use crate::reading::TokenReading;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

const CODE: FindingCode = FindingCode::TokenMissing;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "token-missing",
    requirement: "DIS-12",
    sentence: "The request carries one bearer token.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let header = &case.context.profile.http_header.token;
    if let TokenReading::Missing(what) = &case.reading.token {
        findings.add(CODE, &in_header(&header.name), said::one_header_and_a_token(&header.value), what.clone());
    }
}
