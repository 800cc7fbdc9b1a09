//! Who signed the Bundle is the organisation that sends it: the one that signed the token.

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::NoticeSignerDiffers;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "signer-differs",
    requirement: "DIS-11",
    sentence: "Who signed the Bundle is the organisation that sends it: the one that signed the token.",
    codes: &[CODE],
    judge,
};

const WHO: &str = "/signature/who/identifier/value";

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let Some(organisation) = case.sender() else { return };
    let signature = case.signature.as_ref().and_then(|read| read.as_ref().ok());
    if let Some(signer) = signature.and_then(|signature| signature.signer.as_ref())
        && signer.organisation.as_deref() != Some(organisation)
    {
        let actual = Said::value_or(signer.organisation.as_deref(), said::no_serial_number());
        findings.add(CODE, &in_bundle("/signature/data"), said::a_certificate_of(organisation), actual);
    }
    let expected = format!("urn:oid:{organisation}");
    if let Some(who) = case.at(WHO).and_then(|who| who.as_str()).filter(|who| *who != expected) {
        findings.add(CODE, &in_bundle(WHO), Said::value(expected), Said::value(who));
    }
}
