//! The summary of what the archive holds of a client.

use serde_json::{Value, json};

use super::basis::Basis;
use super::ending::Ending;
use super::faults::Fault;
use super::query::{Asked, Criteria};
use super::summary_row::SummaryRow;
use super::system::System;

impl System {
    /// Asks for the summary and shows it.
    pub(super) async fn search_summary(&self, client: &str, criteria: &Criteria) -> Ending {
        if let Err(ending) = self.client(client) {
            return *ending;
        }
        if self.deviates(Fault::SearchNotSent) {
            return Ending::succeeded("0 kinds of documents", json!({"summary": []}));
        }
        match self.ask(Asked::Summary, client, criteria).await {
            Ok(results) => self.summed(results.summary),
            Err(ending) if self.hides_refusal(criteria.basis) => {
                Ending::succeeded(ending.message, json!({"summary": []}))
            }
            Err(ending) => *ending,
        }
    }

    fn hides_refusal(&self, basis: Option<Basis>) -> bool {
        self.deviates(Fault::RefusedDisclosureAsEmpty) && basis.is_some_and(Basis::is_disclosure)
    }

    fn summed(&self, mut rows: Vec<SummaryRow>) -> Ending {
        match self.settings.fault {
            Some(Fault::SummaryDropsRows) => rows.truncate(1),
            Some(Fault::SummaryCountsTooMany) => rows.iter_mut().for_each(|row| row.count += 1),
            Some(Fault::SummaryNamesOther) => rows.iter_mut().for_each(|row| row.latest.push_str(".1")),
            _ => {}
        }
        let shown: Vec<Value> = rows.iter().map(SummaryRow::shown).collect();
        Ending::succeeded(format!("{} kinds of documents", shown.len()), json!({"summary": shown}))
    }
}
