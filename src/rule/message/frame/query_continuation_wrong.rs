//! A continuation names the query that goes on, the first result and how many.

use super::query_mistakes::add_mistakes;
use crate::reading::read_continuation;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "query-continuation-wrong",
    requirement: "SEA-08",
    sentence: "A continuation names the query that goes on, the first result and how many.",
    codes: &[FindingCode::QueryContinuationWrong],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(continuation) = subject.reading.continuation() else { return };
    let read = read_continuation(continuation, subject.context.profile);
    add_mistakes(read.err().unwrap_or_default(), findings);
}
