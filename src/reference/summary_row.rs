//! The rows of a summary in an answer of Kanta.

use roxmltree::Node;
use serde_json::{Value, json};

/// Namespace of the summary in Kanta's answer.
const SUMMARY: &str = "https://kantakoe.invalid/ns/summary";

/// Documents of one group and type in one matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryRow {
    relationship: Option<String>,
    matter: Option<String>,
    group: String,
    document_type: Option<String>,
    pub count: u64,
    pub latest: String,
}

impl SummaryRow {
    /// As the driver API shows it.
    pub fn shown(&self) -> Value {
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
