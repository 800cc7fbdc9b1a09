//! What carries the data or the tokens of a run goes to a service of Kanta, and nowhere else.

use std::collections::BTreeMap;

use super::rules::Rules;
use crate::evidence::{Exchange, RequestKind};
use crate::rule::{Finding, FindingCode};
use crate::scenario::Plan;
use crate::wire::{Location, Part};
use crate::words::Said;

/// The finding about a request that went to an address that no service has, with a client's data or a token in it.
pub(super) fn judge(exchange: &Exchange, plans: &[&Plan], rules: &Rules) -> Vec<Finding> {
    let mut out = rules.findings().about(Some(exchange.number), BTreeMap::new());
    if exchange.service.requests() == RequestKind::Unaddressed && carries_data(exchange, plans) {
        let spot = Location::path(Part::Http, "");
        out.add(FindingCode::MessageMisdirected, &spot, Said::value("—"), Said::value(exchange.request.start.as_str()));
    }
    out.into_list()
}

fn carries_data(exchange: &Exchange, plans: &[&Plan]) -> bool {
    if exchange.request.header("authorization").is_some() {
        return true;
    }
    let body = exchange.request.body.bytes();
    let holds = |text: &str| {
        memchr::memmem::find(body, text.as_bytes()).is_some() || exchange.request.start.target().contains(text)
    };
    let of_plan = |plan: &&Plan| {
        let persons = plan.persons.values().map(|person| person.identity_code.as_str());
        persons.chain(plan.markers.values().map(String::as_str)).any(holds)
    };
    plans.iter().any(of_plan)
}
