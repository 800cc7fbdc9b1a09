//! A search that is narrowed states its criterion in its query.

use super::{ExchangeReading, ExpectationKind, Expected, Member, MemberKind, MemberReader, ScenarioEvidence};
use crate::domain::Operation;
use crate::profile::{Parameter, Profile};
use crate::reading::{ArchiveReading, read_query};
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// What a search is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Criterion {
    /// The matter with this name.
    Matter(String),
    /// The specific document type with this code.
    DocumentType(String),
}

/// What `see = "criterion"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "criterion",
    sentence: "every query of the step for documents or metadata states the criterion of its search",
    members: &[MATTER.description, DOCUMENT_TYPE.description],
    codes: &[FindingCode::SearchCriterionMissing],
    read: read_members,
};

const MATTER: Member<String> = Member::document("matter", "the matter to which the search is narrowed").optional();
const DOCUMENT_TYPE: Member<String> =
    Member::text("document-type", MemberKind::DocumentType, "the specific type to which the search is narrowed")
        .optional();

/// Every query of the step for documents or metadata states the criterion.
#[derive(Debug)]
struct CriterionStated {
    criterion: Criterion,
}

fn read_members(members: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    let criterion = match (members.get(&MATTER), members.get(&DOCUMENT_TYPE)) {
        (Some(matter), None) => Criterion::Matter(matter),
        (None, Some(code)) => Criterion::DocumentType(code),
        _ => {
            members.mistake_of_all(
                "a criterion is a matter or a document type",
                "add matter = \"…\" or document-type = \"…\"",
            );
            return None;
        }
    };
    Some(Box::new(CriterionStated { criterion }))
}

impl Expected for CriterionStated {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// A query without the criterion, or with another one, is a finding, once. Where no query was sent, that is
    /// another rule's matter; so is a query for what is no client document.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let (parameter, wanted) = match &self.criterion {
            Criterion::DocumentType(code) => (Parameter::DocumentType, Some(code.as_str())),
            Criterion::Matter(name) => {
                (Parameter::Matter, evidence.names.get(name).and_then(|name| name.set_id.as_deref()))
            }
        };
        let Some(wanted) = wanted else { return };
        let searches = evidence.of_step(step).filter_map(|read| match &read.reading {
            ExchangeReading::Archive(reading) if searches(read.exchange.operation) => Some(reading.as_ref()),
            _ => None,
        });
        let mut stated = searches.filter_map(|reading| stated(reading, parameter, evidence.profile));
        if let Some(other) = stated.find(|stated| stated != wanted) {
            let actual = if other.is_empty() { "—" } else { &other };
            out.add_for_step(FindingCode::SearchCriterionMissing, step, Said::value(wanted), Said::value(actual));
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::samples::{exchange, judged_read};
    use super::super::{DocumentName, ExchangeReading, Expected, ReadExchange};
    use super::{Criterion, CriterionStated};
    use crate::domain::Operation;
    use crate::reading::read;
    use crate::rule::FindingCode;
    use crate::wire::xml::ReadLimits;

    const SEARCH: &str = include_str!("../../../tests/fixtures/archive/search.frame.xml");
    const TYPE: &str =
        "<clinicalDocumentCode><value code=\"19005\" codeSystem=\"1.2.246.537.6.1506.201701\"/></clinicalDocumentCode>";
    const MATTER: &str = "<encounterId><value root=\"1.2.400\"/></encounterId>";

    /// What is found in searches with these parameters beside the client: what was wanted, and what was stated.
    fn found(criterion: &Criterion, searches: &[&str]) -> Vec<(String, String)> {
        found_in(criterion, searches, |text| text)
    }

    fn found_in(criterion: &Criterion, searches: &[&str], change: fn(String) -> String) -> Vec<(String, String)> {
        let exchanges: Vec<_> = (1..)
            .zip(searches)
            .map(|(number, parameters)| {
                let text = change(SEARCH.replace("</parameterList>", &format!("{parameters}</parameterList>")));
                let mut one = exchange(number, &number.to_string(), 0);
                one.operation = Operation::SearchDocuments;
                (one, Box::new(read(text.as_bytes(), &ReadLimits::default())))
            })
            .collect();
        let read = exchanges.iter().map(|(exchange, reading)| {
            let reading = ExchangeReading::Archive(reading.clone());
            ReadExchange { exchange, step: Some("a"), reading }
        });
        let name = DocumentName { marker: String::new(), set_id: Some("1.2.400".to_owned()) };
        let names = BTreeMap::from([("m".to_owned(), name)]);
        let rule = CriterionStated { criterion: criterion.clone() };
        let findings = judged_read(read.collect(), vec![], names, |case, out| rule.judge("a", case, out));
        assert!(findings.iter().all(|finding| finding.code == FindingCode::SearchCriterionMissing));
        findings.into_iter().map(|finding| (finding.expected.to_string(), finding.actual.to_string())).collect()
    }

    fn one(expected: &str, actual: &str) -> Vec<(String, String)> {
        vec![(expected.to_owned(), actual.to_owned())]
    }

    #[test]
    fn every_query_states_the_criterion() {
        let (matter, kind) = (Criterion::Matter("m".to_owned()), Criterion::DocumentType("19005".to_owned()));
        assert_eq!(found(&kind, &[TYPE]), []);
        assert_eq!(found(&matter, &[MATTER, &format!("{TYPE}{MATTER}")]), []);
        assert_eq!(found(&kind, &[MATTER]), one("19005", "—"));
        assert_eq!(found(&matter, &[MATTER, "", ""]), one("1.2.400", "—"));
        assert_eq!(found(&kind, &[&TYPE.replace("19005", "15007")]), one("19005", "15007"));
        assert_eq!(found(&matter, &[&MATTER.replace("400", "401")]), one("1.2.400", "1.2.401"));
    }

    #[test]
    fn what_is_no_query_for_client_documents_does_not_count() {
        let matter = Criterion::Matter("m".to_owned());
        assert_eq!(found(&matter, &[]), []);
        let for_matters = |text: String| text.replace("code=\"search-documents\"", "code=\"search-matter\"");
        assert_eq!(found_in(&matter, &[""], for_matters), []);
        assert_eq!(found(&Criterion::Matter("unknown".to_owned()), &[""]), []);
    }
}
