//! Why a query or a continuation is not carried out.

use super::answers::{Addressed, Results};
use super::archive_call::{ArchiveCall, Decision};
use crate::domain::{RefusalGround, ServiceGround, Severity};
use crate::kanta::archive::Change;
use crate::kanta::exchange::{ExchangeRecord, each_once};
use crate::reading::QueryMistake;
use crate::rule::Finding;
use crate::rule::message::query_mistake_code;
use crate::wire::Location;
use crate::wire::hl7::answer::{AcknowledgementCode, Detail, QueryResponseCode};

/// One reason why a query or a continuation is not carried out.
pub(super) struct QueryRefusal {
    /// By what the evidence and the answer name it.
    pub(super) ground: RefusalGround,
    pub(super) spot: Location,
    /// What should stand there, for the text of the answer.
    pub(super) expected: String,
    /// What stands there, for the text of the answer.
    pub(super) actual: String,
}

impl From<QueryMistake> for QueryRefusal {
    fn from(mistake: QueryMistake) -> Self {
        let (expected, actual) = (mistake.expected.to_string(), mistake.actual.to_string());
        Self { ground: query_mistake_code(mistake.kind).into(), spot: mistake.spot, expected, actual }
    }
}

impl ArchiveCall<'_> {
    /// The refusal says nothing about what the archive holds.
    pub(super) fn unconnected(&self, to: &Addressed, mut details: Vec<Detail>) -> Decision {
        details.push(self.access_detail("no relevant connection with the client is known to the archive"));
        self.refused_query(to, vec![ServiceGround::AccessRight.into()], details, QueryResponseCode::ApplicationError)
    }

    /// The refusal of what cannot be carried out, each mistake with its place. The rules may have warned of it
    /// already; the refusal takes the warning's place.
    pub(super) fn mistaken(
        &self,
        to: &Addressed,
        grounds: Vec<RefusalGround>,
        details: Vec<Detail>,
        mistakes: &[QueryRefusal],
    ) -> Decision {
        let (grounds, details) = self.with_mistakes(grounds, details, mistakes);
        self.refused_query(to, grounds, details, QueryResponseCode::ParameterError)
    }

    pub(super) fn with_mistakes(
        &self,
        mut grounds: Vec<RefusalGround>,
        mut details: Vec<Detail>,
        mistakes: &[QueryRefusal],
    ) -> (Vec<RefusalGround>, Vec<Detail>) {
        grounds.extend(mistakes.iter().map(|mistake| mistake.ground.clone()));
        let told = |detail: &Detail| mistakes.iter().any(|one| detail.text.starts_with(&format!("[{}]", one.ground)));
        details.retain(|detail| !told(detail));
        details.extend(mistakes.iter().map(|mistake| {
            let text = format!("expected: {}; found: {}", mistake.expected, mistake.actual);
            self.error_detail(&mistake.ground, &text, Some(mistake.spot.path.to_string()))
        }));
        (each_once(grounds), details)
    }

    pub(super) fn refused_query(
        &self,
        to: &Addressed,
        grounds: Vec<RefusalGround>,
        details: Vec<Detail>,
        code: QueryResponseCode,
    ) -> Decision {
        Decision {
            record: ExchangeRecord { refused_for: grounds, ..self.blank_record() },
            change: Change::Nothing,
            answer: self.answered(to, AcknowledgementCode::Error, details, Results::none(code)),
        }
    }
}

/// Codes of the findings for which a message is refused.
pub(super) fn grounds_of(findings: &[Finding]) -> Vec<RefusalGround> {
    let failed = findings.iter().filter(|finding| finding.severity == Severity::Fail);
    each_once(failed.map(|finding| finding.code.into()))
}
