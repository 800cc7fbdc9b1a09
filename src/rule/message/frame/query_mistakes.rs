//! The findings that tell of mistakes in queries.

use crate::reading::{QueryMistake, QueryMistakeKind};
use crate::rule::{FindingCode, Findings};

/// The code of the finding that tells of a mistake of this kind.
pub const fn query_mistake_code(kind: QueryMistakeKind) -> FindingCode {
    match kind {
        QueryMistakeKind::UnknownParameter => FindingCode::QueryParameterUnknown,
        QueryMistakeKind::WrongParameter => FindingCode::QueryParameterWrong,
        QueryMistakeKind::WrongContinuation => FindingCode::QueryContinuationWrong,
    }
}

/// Adds a finding for each mistake.
pub(super) fn add_mistakes(mistakes: Vec<QueryMistake>, findings: &mut Findings<'_>) {
    for mistake in mistakes {
        findings.add(query_mistake_code(mistake.kind), &mistake.spot, mistake.expected, mistake.actual);
    }
}
