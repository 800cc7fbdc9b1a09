//! The value of an element is of its kind: an OID, a time with its zone, a number.

use crate::domain::{Hl7Time, Oid};
use crate::profile::{ElementRow, ValueKind};
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::xml::OutlineNode;
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "element-type-wrong",
    requirement: "STO-26",
    sentence: "The value of an element is of its kind: an OID, a time with its zone, a number.",
    codes: &[FindingCode::ElementTypeWrong],
    judge,
};

const CODE: FindingCode = FindingCode::ElementTypeWrong;
const REGISTRATION_DIGITS: usize = 11;

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for outlined in &subject.outlined {
        for (node, row) in outlined.rows(subject.group()) {
            if let Some((expected, actual)) = mistake(node, row).filter(|_| !findings.is_full(CODE)) {
                findings.add_as(CODE, row.evidence, &node.spot(outlined.part), expected, Said::value(actual));
            }
        }
    }
}

/// What the value should be, and what it is.
fn mistake<'a>(node: OutlineNode<'a>, row: &ElementRow) -> Option<(Said, &'a str)> {
    let value = row.value(node)?;
    let root = node.attribute("root").unwrap_or_default();
    let extension = node.attribute("extension");
    let (is_right, expected) = match row.kind? {
        ValueKind::Oid if is_oid(value) && extension.is_some() => {
            return Some((said::an_oid_without_extension(), extension?));
        }
        ValueKind::Oid | ValueKind::OidRoot | ValueKind::OidText => (is_oid(value), said::an_oid()),
        ValueKind::Identifier if !is_oid(root) => return Some((said::an_oid(), root)),
        ValueKind::Identifier => (!value.trim().is_empty(), said::an_identifier_below_its_root()),
        ValueKind::RegistrationNumber => (is_number_of_professional(row, root, value), said::a_number_of_11_digits()),
        ValueKind::Time => (is_instant(value), said::date_time_and_zone("YYYYMMDDhhmmss±hhmm")),
        ValueKind::Date => (value.parse::<Hl7Time>().is_ok(), said::a_date("YYYYMMDD")),
        ValueKind::Code => (!value.contains(char::is_whitespace), said::a_code_without_white_space()),
        ValueKind::Number => (value.parse::<u32>().is_ok_and(|number| number > 0), said::a_whole_number_from_1()),
        ValueKind::Text => return None,
    };
    (!is_right).then_some((expected, value))
}

fn is_oid(text: &str) -> bool {
    Oid::check(text).is_ok()
}

fn is_instant(text: &str) -> bool {
    text.parse::<Hl7Time>().is_ok_and(|time| time.instant().is_some())
}

/// A number under another root is another finding.
fn is_number_of_professional(row: &ElementRow, root: &str, number: &str) -> bool {
    let of_root = row.oid.as_deref().is_none_or(|oid| oid == root);
    !of_root || (number.len() == REGISTRATION_DIGITS && number.bytes().all(|byte| byte.is_ascii_digit()))
}
