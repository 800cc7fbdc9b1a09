//! The version of a document that a message brings.

use crate::domain::{Code, person_key};
use crate::profile::{Opens, Profile};
use crate::state::{DocumentVersion, Fingerprint, Opened};
use crate::wire::LocatedValue;
use crate::wire::cda::ClinicalDocument;

/// A fact without which no document can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the document names no {0}")]
pub struct MissingFact(pub &'static str);

/// The version of a document that `document` is, whose text and attachments have this `digest`. What it opens follows
/// from its group and the profile.
///
/// # Errors
/// When its identifier, set, version, client or controller is missing.
pub fn document_version(
    document: &ClinicalDocument,
    profile: &Profile,
    digest: &str,
    nullified: bool,
) -> Result<DocumentVersion, MissingFact> {
    let set_id = text(document.set_id.as_ref(), "set")?;
    Ok(DocumentVersion {
        id: text(document.id.as_ref(), "identifier")?,
        version: text(document.version.as_ref(), "version")?.parse().map_err(|_| MissingFact("version"))?,
        persons: persons(document)?,
        controller: text(document.custodian.as_ref(), "controller")?,
        service_task: document.header.as_ref().and_then(|header| code(header.service_task.as_ref())),
        opens: opened(document, &set_id, profile),
        nullified,
        content: Fingerprint::of(digest),
        set_id,
    })
}

/// What opens a client relationship or a matter names it, or else is it by its set.
fn opened(document: &ClinicalDocument, set_id: &str, profile: &Profile) -> Option<Opened> {
    let header = document.header.as_ref()?;
    let kind = profile.document_group(&header.group.as_ref()?.code)?.opens?;
    let named = match kind {
        Opens::Relationship => header.relationship.as_ref(),
        Opens::Matter => document.matter.as_ref(),
    };
    Some(Opened { kind, id: named.map_or(set_id, |named| named.value.as_str()).to_owned() })
}

fn text(value: Option<&LocatedValue<String>>, what: &'static str) -> Result<String, MissingFact> {
    value.map(|value| value.value.clone()).filter(|value| !value.is_empty()).ok_or(MissingFact(what))
}

fn code(code: Option<&LocatedValue<Code>>) -> Option<String> {
    code.map(|code| code.code.clone())
}

fn persons(document: &ClinicalDocument) -> Result<Vec<String>, MissingFact> {
    let ids = document.clients.iter().filter_map(|client| client.id.as_ref());
    let ids = ids.filter(|id| !id.extension.is_empty());
    let persons: Vec<String> = ids.map(|id| person_key(&id.root, &id.extension)).collect();
    if persons.is_empty() { Err(MissingFact("client")) } else { Ok(persons) }
}
