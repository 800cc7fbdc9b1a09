//! The archive holds so many versions of a document, nullified or not.

use super::Case;
use crate::rule::{FindingCode, Findings};
use crate::words::{Said, said};

/// The archive holds so many versions of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions {
    /// The step after which it is so.
    pub step: String,
    /// The document's name.
    pub document: String,
    /// How many versions; `None` where the number does not matter.
    pub number: Option<usize>,
    /// Whether the document is nullified.
    pub nullified: bool,
    /// The finding when it is otherwise.
    pub finding: FindingCode,
}

impl Versions {
    /// Another number or state is a finding.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let set_id = case.names.get(&self.document).and_then(|name| name.set_id.as_deref());
        let (Some(set_id), Some(snapshot)) = (set_id, case.snapshot) else { return };
        let versions: Vec<_> = snapshot.documents.iter().filter(|document| document.set_id == set_id).collect();
        let nullified = versions.iter().any(|document| document.nullified);
        if self.number.is_some_and(|number| number != versions.len()) || nullified != self.nullified {
            let expected = wording(self.number.unwrap_or(versions.len()), self.nullified);
            out.add_for_step(self.finding, &self.step, expected, wording(versions.len(), nullified));
        }
    }
}

fn wording(versions: usize, nullified: bool) -> Said {
    if nullified { said::versions_nullified(versions) } else { said::versions_not_nullified(versions) }
}
