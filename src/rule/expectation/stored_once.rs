//! A document is in the archive exactly once.

use std::collections::BTreeSet;

use super::{ExpectationKind, Expected, MemberReader, ScenarioEvidence};
use crate::domain::Operation;
use crate::evidence::ArchivedDocument;
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// What `see = "stored-once"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "stored-once",
    sentence: "the document of the step is in the archive exactly once",
    members: &[],
    codes: &[FindingCode::DocumentNotDelivered, FindingCode::DocumentStoredTwice],
    read: read_members,
};

/// The document of a step is in the archive once in the end: neither lost nor doubled.
#[derive(Debug)]
struct StoredOnce;

fn read_members(_: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(StoredOnce))
}

impl Expected for StoredOnce {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    fn proves(&self) -> Vec<Operation> {
        vec![Operation::Store]
    }

    /// No document with the marker or the identifier that the system told, or more than one, is a finding.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let (Some(name), Some(snapshot)) = (evidence.names.get(step), evidence.snapshot) else { return };
        let held = |document: &&ArchivedDocument| {
            document.text.contains(&name.marker) || Some(document.set_id.as_str()) == name.set_id.as_deref()
        };
        let sets: BTreeSet<&str> =
            snapshot.documents.iter().filter(held).map(|document| document.set_id.as_str()).collect();
        match sets.len() {
            1 => {}
            0 => out.add_for_step(FindingCode::DocumentNotDelivered, step, Said::value("1"), Said::value("0")),
            many => out.add_for_step(
                FindingCode::DocumentStoredTwice,
                step,
                Said::value("1"),
                Said::value(many.to_string()),
            ),
        }
    }
}
