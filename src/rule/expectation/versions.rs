//! The archive holds so many versions of a document, nullified or not.

use super::member::FINDING;
use super::{ExpectationKind, Expected, Member, MemberReader, ScenarioEvidence};
use crate::rule::{FindingCode, Findings};
use crate::words::{Said, said};

/// What `see = "versions"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "versions",
    sentence: "the archive holds so many versions of the document, nullified or not",
    members: &[DOCUMENT.description, VERSIONS.description, NULLIFIED.description, FINDING.description],
    codes: &[],
    read: read_members,
};

const DOCUMENT: Member<String> = Member::document("document", "the document");
const VERSIONS: Member<usize> =
    Member::number("versions", 1, "how many there are; any number where nothing is said").optional();
const NULLIFIED: Member<bool> =
    Member::flag("nullified", "whether it is nullified; false where nothing is said").optional();

/// The archive holds so many versions of a document.
#[derive(Debug)]
struct Versions {
    document: String,
    /// How many versions; `None` where the number does not matter.
    number: Option<usize>,
    /// Whether the document is nullified.
    nullified: bool,
    /// The finding when it is otherwise.
    finding: FindingCode,
}

fn read_members(members: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(Versions {
        document: members.get(&DOCUMENT)?,
        number: members.get(&VERSIONS),
        nullified: members.get(&NULLIFIED).unwrap_or(false),
        finding: members.get(&FINDING)?,
    }))
}

impl Expected for Versions {
    fn codes(&self) -> Vec<FindingCode> {
        vec![self.finding]
    }

    /// Another number or state is a finding.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let set_id = evidence.names.get(&self.document).and_then(|name| name.set_id.as_deref());
        let (Some(set_id), Some(snapshot)) = (set_id, evidence.snapshot) else { return };
        let versions: Vec<_> = snapshot.documents.iter().filter(|document| document.set_id == set_id).collect();
        let nullified = versions.iter().any(|document| document.nullified);
        if self.number.is_some_and(|number| number != versions.len()) || nullified != self.nullified {
            let expected = wording(self.number.unwrap_or(versions.len()), self.nullified);
            out.add_for_step(self.finding, step, expected, wording(versions.len(), nullified));
        }
    }
}

fn wording(versions: usize, nullified: bool) -> Said {
    if nullified { said::versions_nullified(versions) } else { said::versions_not_nullified(versions) }
}
