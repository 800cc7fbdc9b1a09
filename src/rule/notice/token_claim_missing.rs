//! The token names system, user and organisation: every claim that the profile lists is there.

use super::place::in_token;
use super::subject::{NoticeCase, NoticeSubject};
use crate::reading::is_said;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

const CODE: FindingCode = FindingCode::TokenClaimMissing;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "token-claim-missing",
    requirement: "DIS-13",
    sentence: "The token names system, user and organisation: every claim that the profile lists is there.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let Some(token) = case.token else { return };
    for pointer in &case.context.profile.token.claims {
        if !is_said(token.claims.value.pointer(pointer)) {
            findings.add(CODE, &in_token(pointer), said::a_claim(pointer), said::none());
        }
    }
}
