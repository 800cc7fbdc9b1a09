//! Why a query or a continuation is not carried out.

use crate::reading::QueryMistake;
use crate::rule::message::query_mistake_code;
use crate::wire::Spot;

/// One reason why a query or a continuation is not carried out.
pub(super) struct QueryRefusal {
    /// Code under which the evidence and the answer name it: of a finding, or of the archive's own.
    pub(super) ground: &'static str,
    pub(super) spot: Spot,
    /// What should stand there, for the text of the answer.
    pub(super) expected: String,
    /// What stands there, for the text of the answer.
    pub(super) actual: String,
}

impl From<QueryMistake> for QueryRefusal {
    fn from(mistake: QueryMistake) -> Self {
        let (expected, actual) = (mistake.expected.to_string(), mistake.actual.to_string());
        Self { ground: query_mistake_code(mistake.kind).as_str(), spot: mistake.spot, expected, actual }
    }
}
