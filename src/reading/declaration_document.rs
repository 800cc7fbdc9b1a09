//! Reads what a document of the archive declares. From here on nobody asks whether a declaration came as a
//! document or as a Consent.

use serde_json::Value;

use super::ArchiveReading;
use crate::domain::{DeclarationTarget, Declared, Operation};
use crate::profile::{DeclarationDocumentRow, Declares, Profile, TargetKind, TargetRow};
use crate::wire::Part;
use crate::wire::json::{JsonLimits, parse};
use crate::words::{Said, said};

/// What a document does to the declarations of its client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentDeclaration {
    /// Identifier of the declaration: of the document's first version.
    pub id: String,
    /// Identity code of the client.
    pub person: String,
    /// What is in force from now on; nothing where the declaration is withdrawn.
    pub declared: Option<Declared>,
}

/// Why nobody can say what a document declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unclear {
    /// No structured form that can be read.
    #[error("no structured form that can be read")]
    Form,
    /// No identifier of its set.
    #[error("no setId")]
    Set,
    /// No client with an identity code.
    #[error("no client with an identity code")]
    Client,
    /// Not whether the permit is given.
    #[error("neither a permit nor its withdrawal")]
    Permit,
    /// Nothing that is forbidden.
    #[error("nothing that is forbidden")]
    Target,
}

impl Unclear {
    /// The same, to be told in any language.
    pub fn said(self) -> Said {
        match self {
            Self::Form => said::no_structured_form_that_can_be_read(),
            Self::Set => said::no_set_id(),
            Self::Client => said::no_client_with_an_identity_code(),
            Self::Permit => said::neither_a_permit_nor_its_withdrawal(),
            Self::Target => said::nothing_that_is_forbidden(),
        }
    }
}

/// What the message declares by its document; `None` where the document is no declaration. A later version that
/// gives no permit or forbids nothing withdraws, and so does a nullification: one without a document withdraws whatever
/// the set that it names declared.
///
/// # Errors
/// See [`Unclear`].
pub fn document_declaration(
    reading: &ArchiveReading,
    profile: &Profile,
) -> Result<Option<DocumentDeclaration>, Unclear> {
    let operation = reading.operation(profile);
    let Some(document) = reading.document() else {
        return Ok(if operation == Operation::Nullify { of_frame(reading) } else { None });
    };
    let stores = matches!(operation, Operation::Store | Operation::Correct | Operation::Nullify);
    let group = document.header.as_ref().and_then(|header| header.group.as_ref());
    let row = group.and_then(|group| profile.declaration_document(group)).filter(|_| stores);
    let Some(row) = row else { return Ok(None) };
    let id = document.set_id.as_ref().map(|id| id.value.clone()).ok_or(Unclear::Set)?;
    let client = document.clients.first().and_then(|client| client.id.as_ref());
    let person = client.map(|id| id.extension.clone()).filter(|code| !code.is_empty()).ok_or(Unclear::Client)?;
    let declared = match operation {
        Operation::Nullify => None,
        _ => declared(row, &content(reading, row, profile)?, operation == Operation::Store)?,
    };
    Ok(Some(DocumentDeclaration { id, person, declared }))
}

fn of_frame(reading: &ArchiveReading) -> Option<DocumentDeclaration> {
    let frame = reading.frame_document()?;
    let person = frame.clients.first()?.id.as_ref()?.extension.clone();
    Some(DocumentDeclaration { id: frame.set_id.as_ref()?.value.clone(), person, declared: None })
}

/// The one member of the structured form.
fn content(reading: &ArchiveReading, row: &DeclarationDocumentRow, profile: &Profile) -> Result<Value, Unclear> {
    let limits = JsonLimits { bytes: profile.limits.body_bytes, depth: profile.limits.depth };
    let texts = reading.texts();
    let text = texts.get(&Part::Json).ok_or(Unclear::Form)?;
    let mut json = parse(text.as_bytes(), Part::Json, limits).map_err(|_| Unclear::Form)?;
    Some(json.value[row.root.as_str()].take()).filter(Value::is_object).ok_or(Unclear::Form)
}

fn declared(row: &DeclarationDocumentRow, content: &Value, is_first: bool) -> Result<Option<Declared>, Unclear> {
    match row.declares {
        Declares::Information => Ok(Some(Declared::Information)),
        Declares::Permit => {
            let given = row.given.as_ref().and_then(|pointer| content.pointer(pointer)).and_then(Value::as_bool);
            let permit = row.from.zip(row.to).map(|(from, to)| Declared::Permit { from, to });
            match given {
                None if is_first => Err(Unclear::Permit),
                given => Ok(permit.filter(|_| given == Some(true))),
            }
        }
        Declares::Prohibition => {
            let targets: Vec<DeclarationTarget> = row.target.iter().flat_map(|row| targets(row, content)).collect();
            match targets.is_empty() {
                true if is_first => Err(Unclear::Target),
                true => Ok(None),
                false => Ok(Some(Declared::Prohibition { targets })),
            }
        }
    }
}

fn targets(row: &TargetRow, content: &Value) -> Vec<DeclarationTarget> {
    let prohibitions = content.pointer(&row.list).and_then(Value::as_array).into_iter().flatten();
    let items = prohibitions.filter_map(|one| one.get(&row.items)?.as_array()).flatten();
    let values = items.filter_map(|item| item.pointer(&row.value)?.as_str()).filter(|value| !value.is_empty());
    values.map(|value| target(row.kind, value.strip_prefix("urn:oid:").unwrap_or(value).to_owned())).collect()
}

fn target(kind: TargetKind, value: String) -> DeclarationTarget {
    match kind {
        TargetKind::Controller => DeclarationTarget::Controller(value),
        TargetKind::ServiceTask => DeclarationTarget::ServiceTask(value),
        TargetKind::Document => DeclarationTarget::Document(value),
    }
}
