//! A correction keeps what was not asked to be changed: client, document group, type, service task, matter and client relationship.

use super::asked::{ActionSubject, Asked};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::cda::ClinicalDocument;
use crate::words::{Said, said};

pub(super) const RULE: Rule<ActionSubject> = Rule {
    id: "correction-changes-more",
    requirement: "STO-54",
    sentence: "A correction keeps what was not asked to be changed: client, document group, type, service task, matter and client relationship.",
    codes: &[CODE],
    judge,
};

const CODE: FindingCode = FindingCode::CorrectionChangesMore;

fn judge(asked: &Asked<'_>, findings: &mut Findings<'_>) {
    if asked.action.action != "correct-document" {
        return;
    }
    let Some(document) = asked.stored().map(|stored| stored.document) else { return };
    let set = document.set_id.as_ref().map(|set| set.value.as_str());
    let of_set =
        |before: &&&ClinicalDocument| set.is_some() && before.set_id.as_ref().map(|set| set.value.as_str()) == set;
    let Some(before) = asked.earlier.iter().rev().find(of_set) else { return };
    for ((name, old), (_, new)) in kept(before).into_iter().zip(kept(document)) {
        if old != new {
            let (old, new) = (Said::value_or(old, said::none()), Said::value_or(new, said::none()));
            findings.add(CODE, &document.spot.child(name), old, new);
        }
    }
}

/// What stays the same from version to version, by the element that says it.
fn kept(document: &ClinicalDocument) -> [(&'static str, Option<String>); 6] {
    let header = document.header.as_ref();
    let client = document.clients.first().and_then(|client| client.id.as_ref());
    [
        ("recordTarget", client.map(|id| id.value.extension.clone())),
        ("documentGroup", header.and_then(|header| header.group.as_ref()).map(|code| code.value.code.clone())),
        (
            "specificDocumentType",
            header.and_then(|header| header.specific_type.as_ref()).map(|code| code.value.code.clone()),
        ),
        ("functionCode", header.and_then(|header| header.service_task.as_ref()).map(|code| code.value.code.clone())),
        ("componentOf", document.matter.as_ref().map(|matter| matter.value.clone())),
        (
            "encompassingClientRelationship",
            header.and_then(|header| header.relationship.as_ref()).map(|relationship| relationship.value.clone()),
        ),
    ]
}
