//! A query asks with parameters that the archive knows, each once, and with values of their kind.

use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::query::{PARAMETER_UNKNOWN, PARAMETER_WRONG, read_query};
use crate::rule::archive::subject::Subject;

pub const QUERY_PARAMETERS: Rule = Rule {
    sentence: "A query asks with parameters that the archive knows, each once, and with values of their kind.",
    codes: &[PARAMETER_UNKNOWN, PARAMETER_WRONG],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let (Some(query), Some(frame)) = (subject.reading.query(), subject.frame) else { return };
    let (_, mistakes) = read_query(query, &frame.reason_codes, subject.service_request, subject.context.profile);
    for mistake in mistakes {
        findings.add(mistake.code, &mistake.spot, mistake.expected, mistake.actual);
    }
}
