//! A document is sent with its attachments.

use super::{ExchangeReading, ExpectationKind, Expected, Member, MemberReader, ScenarioEvidence};
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// What `see = "attachments"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "attachments",
    sentence: "the document of the step is sent with so many attachments of this run",
    members: &[COUNT.description],
    codes: &[FindingCode::AttachmentNotSent],
    read: read_members,
};

const COUNT: Member<usize> = Member::number("count", 0, "how many");

/// The document of a step is sent with so many attachments, each with the text that the action gave.
#[derive(Debug)]
struct AttachmentsSent {
    count: usize,
}

fn read_members(members: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(AttachmentsSent { count: members.get(&COUNT)? }))
}

impl Expected for AttachmentsSent {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// Fewer or others are a finding. Where nothing was sent that is another rule's matter.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(name) = evidence.names.get(step) else { return };
        let sent = evidence.of_step(step).filter_map(|read| match &read.reading {
            ExchangeReading::Archive(reading) if reading.document().is_some() => Some(reading.attachments()),
            _ => None,
        });
        let holds = |body: &[u8]| memchr::memmem::find(body, name.marker.as_bytes()).is_some();
        let Some(last) = sent.last() else { return };
        let count = last.iter().filter(|part| part.body.as_ref().is_ok_and(|body| holds(body))).count();
        if count != self.count {
            out.add_for_step(
                FindingCode::AttachmentNotSent,
                step,
                Said::value(self.count.to_string()),
                Said::value(count.to_string()),
            );
        }
    }
}
