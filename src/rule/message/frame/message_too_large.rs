//! A message is no larger than the archive takes.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::xml::{ReadError, ReadErrorKind};
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "message-too-large",
    requirement: "TRA-08",
    sentence: "A message is no larger than the archive takes.",
    codes: &[FindingCode::MessageTooLarge],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    if let Err(ReadError { kind: ReadErrorKind::TooLarge { bytes, limit }, spot }) = &subject.reading.message {
        findings.add(FindingCode::MessageTooLarge, spot, said::at_most_bytes(*limit), said::bytes(*bytes));
    }
}
