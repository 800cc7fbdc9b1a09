//! The system shows just the documents that it should.

use serde_json::Value;

use super::{ExpectationKind, Expected, Member, MemberReader, ScenarioEvidence};
use crate::domain::Operation;
use crate::evidence::ArchivedDocument;
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// What `see = "shown"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "shown",
    sentence: "the system shows just these documents, each in its newest version",
    members: &[DOCUMENTS.description, FINDING.description],
    codes: &CODES,
    read: read_members,
};

/// The first is that of a missing document where the scenario names no other.
const CODES: [FindingCode; 5] = [
    FindingCode::SearchResultIncomplete,
    FindingCode::SearchResultForeign,
    FindingCode::WithheldDocumentShown,
    FindingCode::OldVersionShown,
    FindingCode::NullifiedDocumentShown,
];

const DOCUMENTS: Member<Vec<String>> = Member::documents("documents", "the documents that are shown");
const FINDING: Member<FindingCode> =
    Member::finding("the finding where a document is missing; `search-result-incomplete` where nothing is said")
        .optional();

/// The system shows these documents after a search, each in its newest version, and no others.
#[derive(Debug)]
struct Shown {
    /// Names of the documents.
    documents: Vec<String>,
    /// The finding when one of them is missing.
    missing: FindingCode,
}

fn read_members(members: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    let missing = members.get(&FINDING).unwrap_or(FindingCode::SearchResultIncomplete);
    Some(Box::new(Shown { documents: members.get(&DOCUMENTS)?, missing }))
}

impl Expected for Shown {
    fn codes(&self) -> Vec<FindingCode> {
        let [_, others @ ..] = CODES;
        [self.missing].into_iter().chain(others).collect()
    }

    fn rests_on(&self) -> Option<Operation> {
        self.documents.is_empty().then_some(Operation::SearchDocuments)
    }

    /// A document missing, foreign, outdated or nullified is a finding.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        if evidence.succeeded(step).is_none() {
            return;
        }
        let shown = evidence.shown_by(step);
        let expected: Vec<&str> =
            self.documents.iter().filter_map(|name| evidence.names.get(name)?.set_id.as_deref()).collect();
        for set_id in &expected {
            if !shown.iter().any(|document| text(document, "set-id") == *set_id) {
                out.add_for_step(self.missing, step, Said::value(*set_id), Said::value(listed(&shown)));
            }
        }
        for document in shown {
            judge_one(document, &expected, step, evidence, out);
        }
    }
}

fn judge_one(document: &Value, expected: &[&str], step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
    let (id, set_id) = (text(document, "id"), text(document, "set-id"));
    let versions =
        || evidence.snapshot.iter().flat_map(|snapshot| &snapshot.documents).filter(|known| known.set_id == set_id);
    let newest = versions().map(|known| known.version).max();
    if versions().any(|known| known.nullified) && !marked_nullified(document) {
        out.add_for_step(FindingCode::NullifiedDocumentShown, step, Said::value("—"), Said::value(id));
    } else if !expected.contains(&set_id) && !marked_nullified(document) && !was_handed_out(id, step, evidence) {
        let withheld = versions().any(|known| evidence.is_foreign(&known.controller));
        let code = if withheld { FindingCode::WithheldDocumentShown } else { FindingCode::SearchResultForeign };
        out.add_for_step(code, step, Said::value(expected.join(", ")), Said::value(id));
    } else if let Some(old) = versions().find(|known| known.id == id && Some(known.version) < newest) {
        out.add_for_step(
            FindingCode::OldVersionShown,
            step,
            Said::value(newest_of(newest)),
            Said::value(version_of(old)),
        );
    }
}

/// Whether Kanta gave the document in this step.
fn was_handed_out(id: &str, step: &str, evidence: &ScenarioEvidence<'_>) -> bool {
    evidence.of_step(step).any(|read| read.exchange.handed_out.iter().any(|handed| handed == id))
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
