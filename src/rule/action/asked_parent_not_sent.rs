//! A document belongs to the client relationship or matter that the action names.

use super::asked::{ActionSubject, Asked};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

pub(super) const RULE: Rule<ActionSubject> = Rule {
    id: "asked-parent-not-sent",
    requirement: "STO-51",
    sentence: "A document belongs to the client relationship or matter that the action names.",
    codes: &[FindingCode::AskedParentNotSent],
    judge,
};

fn judge(asked: &Asked<'_>, findings: &mut Findings<'_>) {
    let Some(stored) = asked.stored() else { return };
    let header = stored.document.header.as_ref();
    let named = [
        (asked.text("matter"), stored.document.matter.as_ref(), "componentOf"),
        (
            asked.text("relationship"),
            header.and_then(|header| header.relationship.as_ref()),
            "encompassingClientRelationship",
        ),
    ];
    for (wanted, own, element) in named {
        let Some(wanted) = wanted.filter(|wanted| own.is_none_or(|own| own.value != *wanted)) else { continue };
        let spot = own.map_or_else(|| stored.document.spot.child(element), |own| own.spot.clone());
        let actual = Said::value_or(own.map(|own| own.value.as_str()), said::none());
        findings.add(FindingCode::AskedParentNotSent, &spot, Said::value(wanted), actual);
    }
}
