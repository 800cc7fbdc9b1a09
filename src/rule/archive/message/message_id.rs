//! Every message has an identifier, and no other message had it before.

use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{NOTHING, Subject, under};
use crate::state::Earlier;

pub const MESSAGE_ID: Rule = Rule {
    sentence: "Every message has an identifier, and no other message had it before.",
    codes: &["message-id-missing", "message-id-reused"],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(frame) = subject.frame else { return };
    let Some(id) = frame.message_id.as_ref().filter(|id| !id.root.is_empty()) else {
        findings.add(
            "message-id-missing",
            &under(&frame.root.spot, "id"),
            "an identifier of the sender's own",
            NOTHING,
        );
        return;
    };
    let digest = subject.reading.message_digest().unwrap_or_default();
    if subject.context.known.message(id, digest) == Earlier::Other {
        let actual = format!("{} {}, which an earlier message with other content carried", id.root, id.extension);
        findings.add("message-id-reused", &id.spot, "an identifier that no other message carried", actual);
    }
}
