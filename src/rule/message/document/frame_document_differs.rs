//! Frame and document agree on identifier, original identifier, version, client, controller and register.

use std::collections::BTreeSet;

use super::frame_repeats::judge_repeated;
use crate::domain::HETU_ROOT;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject, or_nothing, test_code};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::cda::ClinicalDocument;
use crate::wire::hl7::{FrameDocument, InstanceId};
use crate::wire::{LocatedValue, Location};
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "frame-document-differs",
    requirement: "STO-05",
    sentence: "Frame and document agree on identifier, original identifier, version, client, controller and register.",
    codes: &[FindingCode::FrameDocumentDiffers],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let (Some(frame), Some(document)) = (subject.frame_document(), subject.document) else { return };
    let register = frame.register.as_ref().map(|code| LocatedValue::new(code.code.clone(), code.spot.clone()));
    let own_register = document.header.as_ref().and_then(|header| header.register.as_ref());
    let own_register = own_register.map(|code| LocatedValue::new(code.code.clone(), code.spot.clone()));
    let pairs = [
        ("id", frame.id.as_ref(), document.id.as_ref()),
        ("setId", frame.set_id.as_ref(), document.set_id.as_ref()),
        ("versionNumber", frame.version.as_ref(), document.version.as_ref()),
        ("custodian", frame.custodian.as_ref(), document.custodian.as_ref()),
        ("code", register.as_ref(), own_register.as_ref()),
    ];
    for (step, framed, own) in pairs {
        let Some(own) = own.filter(|own| framed.is_none_or(|framed| framed.value != own.value)) else { continue };
        let spot = framed.map_or_else(|| frame.spot.child(step), |framed| framed.spot.clone());
        findings.add(FindingCode::FrameDocumentDiffers, &spot, Said::value(own.as_str()), or_nothing(framed));
    }
    if let Some((spot, expected, actual)) = differing_client(frame, document) {
        findings.add(FindingCode::FrameDocumentDiffers, &spot, expected, actual);
    } else {
        judge_repeated(subject, FindingCode::FrameDocumentDiffers, findings);
    }
}

/// Whether frame and document name the same clients, as far as their codes can be compared.
pub fn clients_agree(subject: &JudgedMessage<'_>) -> bool {
    let (Some(frame), Some(document)) = (subject.frame_document(), subject.document) else { return true };
    differing_client(frame, document).is_none()
}

/// Place in the frame, the document's clients, the frame's clients. Codes that are wrong in themselves
/// are not compared: that is another finding.
fn differing_client(frame: &FrameDocument, document: &ClinicalDocument) -> Option<(Location, Said, Said)> {
    let framed: Vec<_> = frame.clients.iter().filter_map(|client| client.id.as_ref()).collect();
    let own: Vec<_> = document.clients.iter().filter_map(|client| client.id.as_ref()).collect();
    if own.is_empty() || own.iter().chain(&framed).any(|id| is_wrong(id)) {
        return None;
    }
    let (expected, actual) = (names(&own), names(&framed));
    if expected == actual {
        return None;
    }
    let stranger = framed.iter().find(|id| !expected.contains(&name(id)));
    let spot = stranger.map_or_else(|| frame.spot.child("recordTarget/patient/id"), |id| id.spot.clone());
    Some((spot, listed(expected), listed(actual)))
}

fn listed(names: BTreeSet<String>) -> Said {
    if names.is_empty() { said::nothing() } else { Said::List(names.into_iter().map(Said::value).collect()) }
}

fn is_wrong(id: &InstanceId) -> bool {
    id.root == HETU_ROOT && test_code(id).is_none()
}

fn names(ids: &[&LocatedValue<InstanceId>]) -> BTreeSet<String> {
    ids.iter().map(|id| name(id)).collect()
}

fn name(id: &InstanceId) -> String {
    format!("{} {}", id.root, id.extension.to_uppercase())
}
