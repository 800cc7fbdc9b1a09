//! What the archive keeps of a document, drawn from the document itself.

use crate::domain::person_key;
use crate::evidence::Provenance;
use crate::kanta::archive::StoredDocument;
use crate::profile::{Opens, Profile};
use crate::rule::archive::first_second;
use crate::wire::Placed;
use crate::wire::cda::ClinicalDocument;

/// A fact without which no document can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the document names no {0}")]
pub(in crate::kanta) struct MissingFact(pub(in crate::kanta) &'static str);

/// The version of a document that `document` is, whose text has this [`digest`].
///
/// [`digest`]: crate::rule::archive::digest
///
/// # Errors
/// When its identifier, set, version, client or controller is missing.
pub(in crate::kanta) fn facts(
    document: &ClinicalDocument,
    profile: &Profile,
    digest: String,
    nullified: bool,
    provenance: Provenance,
) -> Result<StoredDocument, MissingFact> {
    let header = document.header.as_ref();
    let group = header.and_then(|header| code(header.group.as_ref())).unwrap_or_default();
    let matter = document.matter.as_ref().map(|id| id.value.clone());
    let relationship = header.and_then(|header| header.relationship.as_ref()).map(|id| id.value.clone());
    let set_id = text(document.set_id.as_ref(), "set")?;
    let opened = profile.document_group(&group).and_then(|row| row.opens).map(|opens| match opens {
        Opens::Relationship => relationship.as_ref(),
        Opens::Matter => matter.as_ref(),
    });
    let opens = opened.map(|named| named.unwrap_or(&set_id).clone());
    let effective_text = document.effective_time.as_ref().map(|time| time.value.clone()).unwrap_or_default();
    Ok(StoredDocument {
        id: text(document.id.as_ref(), "identifier")?,
        version: text(document.version.as_ref(), "version")?.parse().map_err(|_| MissingFact("version"))?,
        persons: persons(document)?,
        controller: text(document.custodian.as_ref(), "controller")?,
        register: header.and_then(|header| code(header.register.as_ref())).unwrap_or_default(),
        general_type: code(document.document_type.as_ref()),
        specific_type: header.and_then(|header| code(header.specific_type.as_ref())),
        service_task: header.and_then(|header| code(header.service_task.as_ref())),
        set_id,
        group,
        matter,
        relationship,
        opens,
        effective: first_second(&effective_text),
        effective_text,
        nullified,
        provenance,
        content: document.text.as_bytes().to_vec(),
        digest,
        attachments: Vec::new(),
    })
}

fn text(value: Option<&Placed<String>>, what: &'static str) -> Result<String, MissingFact> {
    value.map(|value| value.value.clone()).filter(|value| !value.is_empty()).ok_or(MissingFact(what))
}

fn code(code: Option<&Placed<crate::domain::Code>>) -> Option<String> {
    code.map(|code| code.code.clone())
}

fn persons(document: &ClinicalDocument) -> Result<Vec<String>, MissingFact> {
    let ids = document.clients.iter().filter_map(|client| client.id.as_ref());
    let ids = ids.filter(|id| !id.extension.is_empty());
    let persons: Vec<String> = ids.map(|id| person_key(&id.root, &id.extension)).collect();
    if persons.is_empty() { Err(MissingFact("client")) } else { Ok(persons) }
}
