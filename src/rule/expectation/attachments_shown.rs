//! A document that is shown comes with its attachments.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::{ExpectationKind, Expected, Member, MemberReader, ScenarioEvidence};
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// What `see = "attachments-shown"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "attachments-shown",
    sentence: "the document that the step shows has so many attachments of this run",
    members: &[DOCUMENT.description, COUNT.description],
    codes: &[FindingCode::AttachmentNotShown],
    read: read_members,
};

const DOCUMENT: Member<String> = Member::document("document", "the document that is shown");
const COUNT: Member<usize> = Member::number("count", 0, "how many");

/// A document that is shown comes with so many attachments.
#[derive(Debug)]
struct AttachmentsShown {
    document: String,
    count: usize,
}

fn read_members(members: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(AttachmentsShown { document: members.get(&DOCUMENT)?, count: members.get(&COUNT)? }))
}

impl Expected for AttachmentsShown {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// Fewer or others are a finding.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(name) = evidence.names.get(&self.document) else { return };
        if evidence.succeeded(step).is_none() {
            return;
        }
        let shown = evidence.shown_by(step);
        let attachments = shown.iter().filter_map(|document| document.get("attachments")?.as_array()).flatten();
        let attachments: Vec<&Value> = attachments.filter(|attachment| holds(attachment, &name.marker)).collect();
        let asked = evidence.action(&self.document).and_then(|action| action.parameters.get("attachments")?.as_array());
        let asked = asked.map_or(&[][..], Vec::as_slice);
        if attachments.len() != self.count {
            let (expected, actual) = (self.count.to_string(), attachments.len().to_string());
            out.add_for_step(FindingCode::AttachmentNotShown, step, Said::value(expected), Said::value(actual));
        } else if !are_same(asked, &attachments) {
            let (expected, actual) = (listed(asked), listed(attachments.iter().copied()));
            out.add_for_step(FindingCode::AttachmentNotShown, step, Said::value(expected), Said::value(actual));
        }
    }
}

/// Whether each of the attachments that were asked for is among those shown, byte for byte and with its media type where that
/// is told. A document that the scenario did not store with attachments is compared with nothing.
fn are_same(asked: &[Value], shown: &[&Value]) -> bool {
    let mut left = shown.to_vec();
    asked.iter().all(|one| {
        let is_same = |other: &&Value| {
            let kind = &other["media-type"];
            content(one) == content(other) && (kind.is_null() || *kind == one["media-type"])
        };
        let place = left.iter().position(is_same);
        place.map(|place| left.remove(place)).is_some()
    })
}

fn listed<'v>(attachments: impl IntoIterator<Item = &'v Value>) -> String {
    let text = |one: &Value| {
        let length = content(one).map_or(0, |content| content.len());
        format!("{} ({length})", one["media-type"].as_str().unwrap_or("—"))
    };
    attachments.into_iter().map(text).collect::<Vec<_>>().join(", ")
}

fn content(attachment: &Value) -> Option<Vec<u8>> {
    attachment["content"].as_str().and_then(|text| STANDARD.decode(text).ok())
}

fn holds(attachment: &Value, marker: &str) -> bool {
    content(attachment).is_some_and(|content| memchr::memmem::find(&content, marker.as_bytes()).is_some())
}
