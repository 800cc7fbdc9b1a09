//! A document that the system shows holds its own text.

use super::{ExpectationKind, Expected, Member, MemberReader, ScenarioEvidence};
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// What `see = "text"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "text",
    sentence: "the shown document holds its own text",
    members: &[DOCUMENT.description],
    codes: &[FindingCode::DocumentTextDiffers],
    read: read_members,
};

const DOCUMENT: Member<String> = Member::document("document", "the document that is shown");

/// The shown document holds the text that the archived one holds.
#[derive(Debug)]
struct TextHeld {
    document: String,
}

fn read_members(members: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(TextHeld { document: members.get(&DOCUMENT)? }))
}

impl Expected for TextHeld {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// A shown text without the document's marker is a finding.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(name) = evidence.names.get(&self.document) else { return };
        if evidence.succeeded(step).is_none() {
            return;
        }
        let texts: Vec<&str> =
            evidence.shown_by(step).into_iter().filter_map(|document| document.get("text")?.as_str()).collect();
        if !texts.iter().any(|text| text.contains(&name.marker)) {
            out.add_for_step(
                FindingCode::DocumentTextDiffers,
                step,
                Said::value(name.marker.as_str()),
                Said::value(texts.join(" / ")),
            );
        }
    }
}
