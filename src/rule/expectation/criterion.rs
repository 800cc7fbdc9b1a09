//! A search that is narrowed states its criterion in its query.

use super::{Case, Reading};
use crate::domain::Operation;
use crate::profile::{Parameter, Profile};
use crate::rule::Findings;
use crate::rule::archive::{ArchiveReading, read_query};

/// What a search is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Criterion {
    /// The matter with this name.
    Matter(String),
    /// The specific document type with this code.
    DocumentType(String),
}

/// Every query of the step for documents or metadata states the criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionStated {
    /// The step.
    pub step: String,
    /// The criterion.
    pub criterion: Criterion,
}

impl CriterionStated {
    /// What it can find.
    pub const CODE: &'static str = "search-criterion-missing";

    /// A query without the criterion, or with another one, is a finding, once. Where no query was sent, that is
    /// another rule's matter; so is a query for what is no client document.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let (parameter, wanted) = match &self.criterion {
            Criterion::DocumentType(code) => (Parameter::DocumentType, Some(code.as_str())),
            Criterion::Matter(name) => {
                (Parameter::Matter, case.names.get(name).and_then(|name| name.set_id.as_deref()))
            }
        };
        let Some(wanted) = wanted else { return };
        let searches = case.of_step(&self.step).filter_map(|read| match &read.reading {
            Reading::Archive(reading) if searches(read.exchange.operation) => Some(reading.as_ref()),
            _ => None,
        });
        let mut stated = searches.filter_map(|reading| stated(reading, parameter, case.profile));
        if let Some(other) = stated.find(|stated| stated != wanted) {
            let actual = if other.is_empty() { "—" } else { &other };
            out.add_for_step(Self::CODE, &self.step, wanted, actual);
        }
    }
}

fn searches(operation: Operation) -> bool {
    matches!(operation, Operation::SearchDocuments | Operation::SearchMetadata)
}

/// What a query states for `parameter`, empty where it states nothing; `None` where the message is no query for
/// client documents.
fn stated(reading: &ArchiveReading, parameter: Parameter, profile: &Profile) -> Option<String> {
    let query = reading.query()?;
    let request = reading.service_request(profile);
    if request.is_some_and(|request| !request.finds.is_empty()) {
        return None;
    }
    let reasons = reading.frame().map_or(&[][..], |frame| &frame.reason_codes);
    let (asked, _) = read_query(query, reasons, request, profile);
    Some(asked.text(parameter).unwrap_or_default().to_owned())
}
