//! A client document is of the type that the action names.

use super::asked::{ActionSubject, Asked};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::Said;

pub(super) const RULE: Rule<ActionSubject> = Rule {
    id: "asked-type-not-sent",
    requirement: "STO-51",
    sentence: "A client document is of the type that the action names.",
    codes: &[FindingCode::AskedTypeNotSent],
    judge,
};

fn judge(asked: &Asked<'_>, findings: &mut Findings<'_>) {
    let Some(wanted) = asked.text("document-type") else { return };
    let header = asked.stored().and_then(|stored| stored.document.header.as_ref());
    let Some(own) = header.and_then(|header| header.specific_type.as_ref()) else { return };
    if own.value.code != wanted {
        findings.add(
            FindingCode::AskedTypeNotSent,
            &own.spot,
            Said::value(wanted),
            Said::value(own.value.code.as_str()),
        );
    }
}
