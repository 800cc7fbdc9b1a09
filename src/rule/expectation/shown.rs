//! The system shows just the documents that it should.

use serde_json::Value;

use super::Case;
use crate::evidence::ArchivedDocument;
use crate::rule::{FindingCode, Findings};

/// The system shows these documents after a search, each in its newest version, and no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The step.
    pub step: String,
    /// Names of the documents.
    pub documents: Vec<String>,
    /// The finding when one of them is missing.
    pub missing: FindingCode,
}

impl Shown {
    /// What it can find.
    pub const CODES: [FindingCode; 4] = [
        FindingCode::SearchResultForeign,
        FindingCode::OldVersionShown,
        FindingCode::NullifiedDocumentShown,
        FindingCode::WithheldDocumentShown,
    ];
    /// The finding when a document is missing, where the scenario names no other.
    pub const INCOMPLETE: FindingCode = FindingCode::SearchResultIncomplete;

    /// What it can find.
    pub fn codes(&self) -> Vec<FindingCode> {
        Self::CODES.into_iter().chain([self.missing]).collect()
    }

    /// A document missing, foreign, outdated or nullified is a finding.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        if case.action(&self.step).is_none_or(|action| action.outcome != "succeeded") {
            return;
        }
        let shown = case.shown_by(&self.step);
        let expected: Vec<&str> =
            self.documents.iter().filter_map(|name| case.names.get(name)?.set_id.as_deref()).collect();
        for set_id in &expected {
            if !shown.iter().any(|document| text(document, "set-id") == *set_id) {
                out.add_for_step(self.missing, &self.step, *set_id, listed(&shown));
            }
        }
        for document in shown {
            self.judge_one(document, &expected, case, out);
        }
    }

    fn judge_one(&self, document: &Value, expected: &[&str], case: &Case<'_>, out: &mut Findings<'_>) {
        let (id, set_id) = (text(document, "id"), text(document, "set-id"));
        let versions =
            || case.snapshot.iter().flat_map(|snapshot| &snapshot.documents).filter(|known| known.set_id == set_id);
        let newest = versions().map(|known| known.version).max();
        if versions().any(|known| known.nullified) && !marked_nullified(document) {
            out.add_for_step(Self::CODES[2], &self.step, "—", id);
        } else if !expected.contains(&set_id) && !marked_nullified(document) && !self.handed_out(id, case) {
            let withheld = versions().any(|known| case.is_foreign(&known.controller));
            let code = if withheld { Self::CODES[3] } else { Self::CODES[0] };
            out.add_for_step(code, &self.step, expected.join(", "), id);
        } else if let Some(old) = versions().find(|known| known.id == id && Some(known.version) < newest) {
            out.add_for_step(Self::CODES[1], &self.step, newest_of(newest), version_of(old));
        }
    }
}

impl Shown {
    /// Whether Kanta gave the document in this step.
    fn handed_out(&self, id: &str, case: &Case<'_>) -> bool {
        case.of_step(&self.step).any(|read| read.exchange.handed_out.iter().any(|handed| handed == id))
    }
}

fn marked_nullified(document: &Value) -> bool {
    document.get("nullified").and_then(Value::as_bool).unwrap_or(false)
}

fn newest_of(version: Option<u32>) -> String {
    version.map_or_else(String::new, |version| version.to_string())
}

fn version_of(document: &ArchivedDocument) -> String {
    format!("{} ({})", document.version, document.id)
}

fn listed(documents: &[&Value]) -> String {
    let ids: Vec<&str> = documents.iter().map(|document| text(document, "set-id")).collect();
    if ids.is_empty() { "—".to_owned() } else { ids.join(", ") }
}

fn text<'v>(value: &'v Value, member: &str) -> &'v str {
    value.get(member).and_then(Value::as_str).unwrap_or("")
}
