//! Every message has an identifier, and no other message had it before.

use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{Subject, under};
use crate::rule::{FindingCode, Findings};
use crate::state::Earlier;
use crate::words::said;

pub const MESSAGE_ID: Rule = Rule {
    sentence: "Every message has an identifier, and no other message had it before.",
    codes: &[FindingCode::MessageIdMissing, FindingCode::MessageIdReused],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(frame) = subject.frame else { return };
    let Some(id) = frame.message_id.as_ref().filter(|id| !id.root.is_empty()) else {
        findings.add(
            FindingCode::MessageIdMissing,
            &under(&frame.root.spot, "id"),
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
