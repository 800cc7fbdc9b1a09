//! A query asks with parameters that the archive knows, each once, and with values of their kind.

use super::query_mistakes::add_mistakes;
use crate::reading::read_query;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "query-parameter",
    requirement: "SEA-07",
    sentence: "A query asks with parameters that the archive knows, each once, and with values of their kind.",
    codes: &[FindingCode::QueryParameterUnknown, FindingCode::QueryParameterWrong],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let (Some(query), Some(frame)) = (subject.reading.query(), subject.frame) else { return };
    let (_, mistakes) = read_query(query, &frame.reason_codes, subject.service_request, subject.context.profile);
    add_mistakes(mistakes, findings);
}
