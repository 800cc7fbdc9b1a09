//! A document that is archived is ready for archiving, in its header and in the frame.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject, or_nothing};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::hl7::FrameDocument;
use crate::words::Said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "document-not-ready",
    requirement: "STO-07",
    sentence: "A document that is archived is ready for archiving, in its header and in the frame.",
    codes: &[FindingCode::DocumentNotReady],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let (true, Some(document)) = (subject.archives(), subject.document) else { return };
    let ready = &subject.context.profile.ready;
    let status = document.header.as_ref().and_then(|header| header.record_status.as_ref());
    if let Some(status) = status.filter(|status| status.code != ready.record_status) {
        findings.add(
            FindingCode::DocumentNotReady,
            &status.spot,
            Said::value(ready.record_status.as_str()),
            Said::value(status.code.as_str()),
        );
    }
    if let Some(frame) = subject.frame_document() {
        judge_frame(subject, frame, findings);
    }
}

fn judge_frame(subject: &JudgedMessage<'_>, frame: &FrameDocument, findings: &mut Findings<'_>) {
    let profile = subject.context.profile;
    let nullified = frame.status.as_ref().is_some_and(|status| status.value == profile.nullification.status);
    let status = if nullified { &profile.nullification.status } else { &profile.ready.status };
    let states = [
        ("statusCode", &frame.status, status),
        ("completionCode", &frame.completion, &profile.ready.completion),
        ("storageCode", &frame.storage, &profile.ready.storage),
    ];
    for (step, actual, expected) in states {
        if actual.as_ref().is_none_or(|actual| actual.value != *expected) {
            let spot = actual.as_ref().map_or_else(|| frame.spot.child(step), |actual| actual.spot.clone());
            findings.add(
                FindingCode::DocumentNotReady,
                &spot,
                Said::value(expected.as_str()),
                or_nothing(actual.as_ref()),
            );
        }
    }
}
