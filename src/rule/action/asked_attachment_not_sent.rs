//! Every attachment that an action gives is sent byte for byte, with its media type.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::asked::{ActionSubject, Asked};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::mime::MimePart;
use crate::words::{Said, said};

pub(super) const RULE: Rule<ActionSubject> = Rule {
    id: "asked-attachment-not-sent",
    requirement: "STO-53",
    sentence: "Every attachment that an action gives is sent byte for byte, with its media type.",
    codes: &[CODE],
    judge,
};

const CODE: FindingCode = FindingCode::AskedAttachmentNotSent;

/// That one is missing altogether is what the scenario expects otherwise; here it is one that was changed.
fn judge(asked: &Asked<'_>, findings: &mut Findings<'_>) {
    let Some(stored) = asked.stored() else { return };
    let sent = stored.reading.attachments();
    let asked_for = asked.action.parameters.get("attachments").and_then(Value::as_array).map_or(0, Vec::len);
    if sent.len() != asked_for {
        return;
    }
    for wanted in asked.action.parameters.get("attachments").and_then(Value::as_array).into_iter().flatten() {
        let (name, media_type) = (text(wanted, "name"), text(wanted, "media-type"));
        let content = STANDARD.decode(text(wanted, "content")).unwrap_or_default();
        let same = |part: &&MimePart| part.body.as_ref().is_ok_and(|body| *body == content);
        let Some(part) = sent.iter().find(same) else {
            findings.add(
                CODE,
                &stored.document.spot,
                said::the_attachment_unchanged(name, content.len()),
                said::none(),
            );
            continue;
        };
        let own = part.media_type.as_deref().unwrap_or_default();
        if own != media_type {
            findings.add(CODE, &stored.document.spot, Said::value(format!("{name}: {media_type}")), Said::value(own));
        }
    }
}

fn text<'v>(attachment: &'v Value, member: &str) -> &'v str {
    attachment.get(member).and_then(Value::as_str).unwrap_or_default()
}
