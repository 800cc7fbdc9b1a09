//! Every message has an identifier, and no other message had it before.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::state::Earlier;
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "message-id",
    requirement: "TRA-03",
    sentence: "Every message has an identifier, and no other message had it before.",
    codes: &[FindingCode::MessageIdMissing, FindingCode::MessageIdReused],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(frame) = subject.frame else { return };
    let Some(id) = frame.message_id.as_ref().filter(|id| !id.root.is_empty()) else {
        findings.add(
            FindingCode::MessageIdMissing,
            &frame.root.spot.child("id"),
            said::an_identifier_of_the_sender_s_own(),
            said::nothing(),
        );
        return;
    };
    let digest = subject.reading.message_digest().unwrap_or_default();
    if subject.context.known.message(id, digest) == Earlier::Other {
        let actual = said::which_an_earlier_message_with_other_content(format!("{} {}", id.root, id.extension));
        findings.add(
            FindingCode::MessageIdReused,
            &id.spot,
            said::an_identifier_that_no_other_message_carried(),
            actual,
        );
    }
}
