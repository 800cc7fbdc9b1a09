//! Attachments of documents: sent, and given back.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::{Case, Reading};
use crate::rule::{FindingCode, Findings};

/// The document of a step is sent with so many attachments, each with the text that the action gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentsSent {
    /// The step that makes it.
    pub step: String,
    /// How many.
    pub count: usize,
}

/// A document that is shown comes with its attachments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentsShown {
    /// The step that shows it.
    pub step: String,
    /// The document.
    pub document: String,
    /// How many.
    pub count: usize,
}

impl AttachmentsSent {
    /// What it can find.
    pub const CODE: FindingCode = FindingCode::AttachmentNotSent;

    /// Fewer or others are a finding. Where nothing was sent that is another rule's matter.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let Some(name) = case.names.get(&self.step) else { return };
        let sent = case.of_step(&self.step).filter_map(|read| match &read.reading {
            Reading::Archive(reading) if reading.document().is_some() => Some(reading.attachments()),
            _ => None,
        });
        let holds = |body: &[u8]| memchr::memmem::find(body, name.marker.as_bytes()).is_some();
        let Some(last) = sent.last() else { return };
        let count = last.iter().filter(|part| part.body.as_ref().is_ok_and(|body| holds(body))).count();
        if count != self.count {
            out.add_for_step(Self::CODE, &self.step, self.count.to_string(), count.to_string());
        }
    }
}

impl AttachmentsShown {
    /// What it can find.
    pub const CODE: FindingCode = FindingCode::AttachmentNotShown;

    /// Fewer or others are a finding.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let Some(name) = case.names.get(&self.document) else { return };
        if case.action(&self.step).is_none_or(|action| action.outcome != "succeeded") {
            return;
        }
        let shown = case.shown_by(&self.step);
        let attachments = shown.iter().filter_map(|document| document.get("attachments")?.as_array()).flatten();
        let count = attachments.filter(|attachment| holds(attachment, &name.marker)).count();
        if count != self.count {
            out.add_for_step(Self::CODE, &self.step, self.count.to_string(), count.to_string());
        }
    }
}

fn holds(attachment: &Value, marker: &str) -> bool {
    let content = attachment.get("content").and_then(Value::as_str).and_then(|text| STANDARD.decode(text).ok());
    content.is_some_and(|content| memchr::memmem::find(&content, marker.as_bytes()).is_some())
}
