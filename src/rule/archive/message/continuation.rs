//! A continuation names the query that goes on, the first result and how many.

use crate::rule::Findings;
use crate::rule::archive::continuation::{CONTINUATION_WRONG, read_continuation};
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::Subject;

pub const CONTINUATION: Rule = Rule {
    sentence: "A continuation names the query that goes on, the first result and how many.",
    codes: &[CONTINUATION_WRONG],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(continuation) = subject.reading.continuation() else { return };
    let read = read_continuation(continuation, subject.context.profile);
    for mistake in read.err().unwrap_or_default() {
        findings.add(mistake.code, &mistake.spot, mistake.expected, mistake.actual);
    }
}
