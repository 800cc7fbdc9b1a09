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
        if evidence.action(step).is_none_or(|action| action.outcome != "succeeded") {
            return;
        }
        let shown = evidence.shown_by(step);
        let attachments = shown.iter().filter_map(|document| document.get("attachments")?.as_array()).flatten();
        let count = attachments.filter(|attachment| holds(attachment, &name.marker)).count();
        if count != self.count {
            out.add_for_step(
                FindingCode::AttachmentNotShown,
                step,
                Said::value(self.count.to_string()),
                Said::value(count.to_string()),
            );
        }
    }
}

fn holds(attachment: &Value, marker: &str) -> bool {
    let content = attachment.get("content").and_then(Value::as_str).and_then(|text| STANDARD.decode(text).ok());
    content.is_some_and(|content| memchr::memmem::find(&content, marker.as_bytes()).is_some())
}
