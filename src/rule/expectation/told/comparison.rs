//! Tells in what a result differs from what came over the wire.

use serde_json::Value;

use super::super::ScenarioEvidence;
use crate::evidence::{ActionRecord, ArchivedDocument, Exchange};
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// The action of a step, what came over the wire, and where differences go.
pub(super) struct ResultComparison<'a, 'e, 'f> {
    pub step: &'a str,
    pub evidence: &'a ScenarioEvidence<'e>,
    pub action: &'a ActionRecord,
    pub out: &'a mut Findings<'f>,
}

impl<'a> ResultComparison<'a, '_, '_> {
    /// Notes that `member` of the result is `told` where `expected` came.
    pub fn differs(&mut self, member: &str, expected: &str, told: &Value) {
        self.differs_as(FindingCode::ResultDiffers, member, expected, told);
    }

    /// The same as a finding of its own.
    pub fn differs_as(&mut self, code: FindingCode, member: &str, expected: &str, told: &Value) {
        let told = told.as_str().map_or_else(|| told.to_string(), str::to_owned);
        let (expected, told) = (Said::value(format!("{member}: {expected}")), Said::value(told));
        self.out.add_for_step(code, self.step, expected, told);
    }

    /// The members of a list in the result.
    pub fn list(&self, name: &str) -> &'a [Value] {
        self.action.result.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The version that Kanta holds under this identifier.
    pub fn held(&self, id: &Value) -> Option<&'a ArchivedDocument> {
        let documents = self.evidence.snapshot.map_or(&[][..], |snapshot| &snapshot.documents);
        documents.iter().find(|document| Some(document.id.as_str()) == id.as_str())
    }

    /// The exchanges that arrived in the step.
    pub fn exchanges(&self) -> impl Iterator<Item = &'a Exchange> {
        let step = self.step;
        self.evidence.exchanges.iter().filter(move |read| read.step == Some(step)).map(|read| read.exchange)
    }
}

/// A list of values, for the reader; a dash where there is none.
pub(super) fn listed<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    let values: Vec<&str> = values.into_iter().collect();
    if values.is_empty() { "—".to_owned() } else { values.join(" / ") }
}
