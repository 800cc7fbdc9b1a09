//! A message can be read and is no larger than the archive takes.

use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::Subject;
use crate::rule::{FindingCode, Findings};
use crate::wire::xml::ReadErrorKind;
use crate::words::said;

pub const READABLE: Rule = Rule {
    sentence: "A message can be read and is no larger than the archive takes.",
    codes: &[FindingCode::MessageUnreadable, FindingCode::MessageTooLarge],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Err(error) = &subject.reading.message else { return };
    match &error.kind {
        ReadErrorKind::TooLarge { bytes, limit } => {
            findings.add(FindingCode::MessageTooLarge, &error.spot, said::at_most_bytes(*limit), said::bytes(*bytes));
        }
        kind => {
            findings.add(
                FindingCode::MessageUnreadable,
                &error.spot,
                said::a_soap_envelope_with_one_hl7_v3(),
                kind.said(),
            );
        }
    }
}
