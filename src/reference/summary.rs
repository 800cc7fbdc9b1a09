//! The summary of what the archive holds of a client.

use roxmltree::Node;
use serde_json::{Value, json};

use super::basis::Basis;
use super::faults::Fault;
use super::query::{Asked, Criteria};
use super::system::{Ending, System};

/// Namespace of the summary in Kanta's answer.
const SUMMARY: &str = "https://kantakoe.invalid/ns/summary";

/// Documents of one group and type in one matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryRow {
    relationship: Option<String>,
    matter: Option<String>,
    group: String,
    document_type: Option<String>,
    count: u64,
    latest: String,
}

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

impl SummaryRow {
    fn shown(&self) -> Value {
        let mut row = json!({"group": self.group, "count": self.count, "latest": self.latest});
        let told = [("relationship", &self.relationship), ("matter", &self.matter), ("type", &self.document_type)];
        for (name, value) in told {
            if let Some(value) = value {
                row[name] = json!(value);
            }
        }
        row
    }
}

/// The rows of the summary in a `subject`, if it holds one.
pub fn rows(subject: Node<'_, '_>) -> Vec<SummaryRow> {
    let documents = subject.descendants().filter(|node| node.has_tag_name((SUMMARY, "documents")));
    documents.filter_map(row).collect()
}

fn row(documents: Node<'_, '_>) -> Option<SummaryRow> {
    let above = |name: &str| {
        let holder = documents.ancestors().find(|node| node.has_tag_name((SUMMARY, name)))?;
        holder.attribute("id").map(str::to_owned)
    };
    Some(SummaryRow {
        relationship: above("clientRelationship"),
        matter: above("matter"),
        group: documents.attribute("group")?.to_owned(),
        document_type: documents.attribute("type").map(str::to_owned),
        count: documents.attribute("count")?.parse().ok()?,
        latest: documents.attribute("latest")?.to_owned(),
    })
}
