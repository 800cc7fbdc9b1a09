//! The system asks for every page of its results, and for each of them once.

use std::collections::{BTreeMap, BTreeSet};

use super::{ExchangeReading, ExpectationKind, Expected, MemberReader, ReadExchange, ScenarioEvidence};
use crate::evidence::Body;
use crate::rule::{FindingCode, Findings};
use crate::wire::hl7::{InstanceId, Quantities, read_quantities};
use crate::wire::xml::ReadLimits;
use crate::words::said;

/// What `see = "pages"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "pages",
    sentence: "what the queries of the step found is asked for to its end, each page once",
    members: &[],
    codes: &[FindingCode::PageAskedTwice, FindingCode::PagesNotFollowed],
    read: read_members,
};

/// What the queries of a step found is asked for to its end, each page once.
#[derive(Debug)]
struct Pages;

fn read_members(_: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(Pages))
}

/// What is known of one query.
#[derive(Default)]
struct QueriedPages {
    /// First results of its pages; `1` is the query's own.
    starts: BTreeSet<String>,
    twice: Option<String>,
    /// What the newest answer told.
    newest: Option<Quantities>,
}

impl Expected for Pages {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// A page that is asked for twice is a finding, and so are results that remain when the step is over.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let mut queries: BTreeMap<InstanceId, QueriedPages> = BTreeMap::new();
        for read in evidence.of_step(step).filter(|read| read.exchange.accepted && !read.exchange.repeated) {
            let (Some((id, start)), Some(quantities)) = (page_of(read), quantities(read)) else { continue };
            let asked = queries.entry(id).or_default();
            if !asked.starts.insert(start.clone()) {
                asked.twice.get_or_insert(start);
            }
            asked.newest = Some(quantities);
        }
        for asked in queries.values() {
            if let Some(start) = &asked.twice {
                out.add_for_step(
                    FindingCode::PageAskedTwice,
                    step,
                    said::each_page_once(),
                    said::more_than_once(start),
                );
            }
            if let Some(Quantities { total, remaining, .. }) = asked.newest.filter(|newest| newest.remaining > 0) {
                let actual = said::of_results(total.saturating_sub(remaining), total);
                out.add_for_step(FindingCode::PagesNotFollowed, step, said::all_results(total), actual);
            }
        }
    }
}

/// The query and the first result of the page that a message asks for.
fn page_of(read: &ReadExchange<'_>) -> Option<(InstanceId, String)> {
    let ExchangeReading::Archive(reading) = &read.reading else { return None };
    if let Some(query) = reading.query() {
        return Some((query.id.as_ref()?.value.clone(), "1".to_owned()));
    }
    let continuation = reading.continuation()?;
    Some((continuation.query.as_ref()?.value.clone(), continuation.start.as_ref()?.value.clone()))
}

fn quantities(read: &ReadExchange<'_>) -> Option<Quantities> {
    match &read.exchange.answer.as_ref()?.body {
        Body::Raw(bytes) => read_quantities(bytes, &ReadLimits::default()),
        Body::Withheld { .. } => None,
    }
}
