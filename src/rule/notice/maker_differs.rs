//! Who made the notice, as its Provenance says, is the user whom the token names.

use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::fhir::ResourceKind;
use crate::words::Said;

const CODE: FindingCode = FindingCode::NoticeMakerDiffers;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "maker-differs",
    requirement: "DIS-22",
    sentence: "Who made the notice, as its Provenance says, is the user whom the token names.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let user = case.token.and_then(|token| token.text(&case.context.profile.token.user_claim));
    let Some(user) = user else { return };
    for entry in case.entries().iter().filter(|entry| entry.kind == ResourceKind::Provenance) {
        if let Some(maker) = entry.makers.first()
            && !entry.makers.iter().any(|maker| maker.value.trim_start_matches("urn:oid:") == user)
        {
            findings.add(CODE, &maker.spot, Said::value(user), Said::value(&maker.value));
        }
    }
}
