//! Kanta's own log tells that documents were disclosed, and on what ground.

use super::member::FINDING;
use super::{ExpectationKind, Expected, Member, MemberKind, MemberReader, ScenarioEvidence};
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// What `see = "disclosure-logged"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "disclosure-logged",
    sentence: "Kanta's own log tells that the documents were disclosed in the step, on this ground",
    members: &[DOCUMENTS.description, GROUND.description, FINDING.description],
    codes: &[],
    read: read_members,
};

const DOCUMENTS: Member<Vec<String>> = Member::documents("documents", "the documents that were disclosed");
const GROUND: Member<String> =
    Member::text("ground", MemberKind::Text, "the step of the decision table that let it happen");

/// During a step Kanta disclosed these documents on this ground, and its log says so.
#[derive(Debug)]
struct DisclosureLogged {
    /// Names of the documents.
    documents: Vec<String>,
    /// Step of the decision table.
    ground: String,
    /// The finding when the log does not say so.
    finding: FindingCode,
}

fn read_members(members: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(DisclosureLogged {
        documents: members.get(&DOCUMENTS)?,
        ground: members.get(&GROUND)?,
        finding: members.get(&FINDING)?,
    }))
}

impl Expected for DisclosureLogged {
    fn codes(&self) -> Vec<FindingCode> {
        vec![self.finding]
    }

    /// A document without an entry of the step is a finding.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(snapshot) = evidence.snapshot else { return };
        let numbers: Vec<u64> = evidence.of_step(step).map(|read| read.exchange.number).collect();
        let entries: Vec<_> = snapshot.disclosures.iter().filter(|entry| numbers.contains(&entry.exchange)).collect();
        for name in &self.documents {
            let Some(set_id) = evidence.names.get(name).and_then(|name| name.set_id.as_deref()) else { continue };
            let of_set = |id: &String| snapshot.documents.iter().any(|one| one.id == *id && one.set_id == set_id);
            let told = entries.iter().filter(|entry| entry.documents.iter().any(of_set));
            let grounds: Vec<&str> = told.map(|entry| entry.ground.as_str()).collect();
            if !grounds.contains(&self.ground.as_str()) {
                let actual = if grounds.is_empty() { "—".to_owned() } else { grounds.join(", ") };
                out.add_for_step(self.finding, step, Said::value(self.ground.as_str()), Said::value(actual));
            }
        }
    }
}
