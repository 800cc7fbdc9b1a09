//! The summary that the system shows counts just the documents that it should.

use crate::words::said;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Case;
use crate::evidence::ArchivedDocument;
use crate::rule::{FindingCode, Findings};

/// The system shows a summary of these documents, each once and in its newest version, and of no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryShown {
    /// The step.
    pub step: String,
    /// Names of the documents.
    pub documents: Vec<String>,
}

impl SummaryShown {
    /// What it can find.
    pub const CODES: [FindingCode; 3] =
        [FindingCode::SummaryIncomplete, FindingCode::SummaryExcess, FindingCode::SummaryLatestDiffers];

    /// Too few documents of a group, too many, and another latest one are findings.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let Some(action) = case.action(&self.step).filter(|action| action.outcome == "succeeded") else { return };
        let rows: Vec<&Value> = action.result.get("summary").and_then(Value::as_array).into_iter().flatten().collect();
        let newest = self.newest(case);
        let mut expected: BTreeMap<&str, u64> = BTreeMap::new();
        newest.iter().for_each(|document| *expected.entry(&document.group).or_default() += 1);
        let mut shown: BTreeMap<&str, u64> = BTreeMap::new();
        for row in &rows {
            *shown.entry(text(row, "group")).or_default() += row.get("count").and_then(Value::as_u64).unwrap_or(0);
        }
        let groups: BTreeSet<&str> = expected.keys().chain(shown.keys()).copied().collect();
        for group in groups {
            let number = |counted: &BTreeMap<&str, u64>| counted.get(group).copied().unwrap_or(0);
            let (expected, shown) = (number(&expected), number(&shown));
            if expected != shown {
                let code = Self::CODES[usize::from(shown > expected)];
                let told = |number: u64| said::documents_of_group(number, group);
                out.add_for_step(code, &self.step, told(expected), told(shown));
            }
        }
        let is_newest = |id: &str| newest.iter().any(|document| document.id == id);
        for row in rows.iter().filter(|row| !is_newest(text(row, "latest"))) {
            let ids: Vec<&str> = newest.iter().map(|document| document.id.as_str()).collect();
            out.add_for_step(Self::CODES[2], &self.step, ids.join(" / "), text(row, "latest"));
        }
    }

    /// The newest version of each of the documents.
    fn newest<'c>(&self, case: &'c Case<'_>) -> Vec<&'c ArchivedDocument> {
        let sets = self.documents.iter().filter_map(|name| case.names.get(name)?.set_id.as_deref());
        let all = || case.snapshot.iter().flat_map(|snapshot| &snapshot.documents);
        let newest = |set: &str| all().filter(|one| one.set_id == set).max_by_key(|one| one.version);
        sets.filter_map(newest).collect()
    }
}

fn text<'v>(row: &'v Value, member: &str) -> &'v str {
    row.get(member).and_then(Value::as_str).unwrap_or("")
}
