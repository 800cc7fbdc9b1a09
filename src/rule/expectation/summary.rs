//! The summary that the system shows counts just the documents that it should.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{ExpectationKind, Expected, Member, MemberReader, ScenarioEvidence};
use crate::evidence::ArchivedDocument;
use crate::rule::{FindingCode, Findings};
use crate::words::{Said, said};

/// What `see = "summary"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "summary",
    sentence: "the summary that the system shows counts just these documents, each once",
    members: &[DOCUMENTS.description],
    codes: &[FindingCode::SummaryIncomplete, FindingCode::SummaryExcess, FindingCode::SummaryLatestDiffers],
    read: read_members,
};

const DOCUMENTS: Member<Vec<String>> = Member::documents("documents", "the documents that are counted");

/// The system shows a summary of these documents, each once and in its newest version, and of no others.
#[derive(Debug)]
struct SummaryShown {
    /// Names of the documents.
    documents: Vec<String>,
}

fn read_members(members: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(SummaryShown { documents: members.get(&DOCUMENTS)? }))
}

impl Expected for SummaryShown {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// Too few documents of a group, too many, and another latest one are findings.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(action) = evidence.succeeded(step) else { return };
        let rows: Vec<&Value> = action.result.get("summary").and_then(Value::as_array).into_iter().flatten().collect();
        let newest = self.newest_versions(evidence);
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
                let code = if shown > expected { FindingCode::SummaryExcess } else { FindingCode::SummaryIncomplete };
                let told = |number: u64| said::documents_of_group(number, group);
                out.add_for_step(code, step, told(expected), told(shown));
            }
        }
        let is_newest = |id: &str| newest.iter().any(|document| document.id == id);
        for row in rows.iter().filter(|row| !is_newest(text(row, "latest"))) {
            let ids: Vec<&str> = newest.iter().map(|document| document.id.as_str()).collect();
            out.add_for_step(
                FindingCode::SummaryLatestDiffers,
                step,
                Said::value(ids.join(" / ")),
                Said::value(text(row, "latest")),
            );
        }
    }
}

impl SummaryShown {
    /// The newest version of each of the documents.
    fn newest_versions<'c>(&self, evidence: &'c ScenarioEvidence<'_>) -> Vec<&'c ArchivedDocument> {
        let sets = self.documents.iter().filter_map(|name| evidence.names.get(name)?.set_id.as_deref());
        let all = || evidence.snapshot.iter().flat_map(|snapshot| &snapshot.documents);
        let newest = |set: &str| all().filter(|one| one.set_id == set).max_by_key(|one| one.version);
        sets.filter_map(newest).collect()
    }
}

fn text<'v>(row: &'v Value, member: &str) -> &'v str {
    row.get(member).and_then(Value::as_str).unwrap_or("")
}
