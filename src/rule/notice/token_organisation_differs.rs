//! The organisation that the token speaks for is the one whose certificate signed it.

use super::place::in_token;
use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::TokenOrganisationDiffers;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "token-organisation-differs",
    requirement: "DIS-24",
    sentence: "The organisation that the token speaks for is the one whose certificate signed it.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let signer = case.token_signature.as_ref().and_then(|signature| signature.signer.as_ref());
    let (Some(signer), Some(claimed)) = (signer, case.organisation()) else { return };
    if signer.organisation.as_deref() != Some(claimed) {
        let expected = Said::value_or(signer.organisation.as_deref(), said::no_serial_number());
        findings.add(CODE, &in_token(&case.context.profile.token.organisation_claim), expected, Said::value(claimed));
    }
}
