//! Showing one document.

use serde::Serialize;
use serde_json::Value;

use super::acting_archivist::ActingArchivist;
use super::refusal::ArchivistRefusal;
use super::searching::{Metadata, of_register};
use crate::kanta::archive::{Filter, StoredDocument};
use crate::kanta::core::Core;
use crate::wire::cda::read_document;

/// A document with both its forms.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct ShownDocument {
    pub metadata: Metadata,
    /// XHTML; absent where it cannot be read.
    pub display_form: Option<String>,
    /// The structured form; a text where it is no JSON.
    pub structured_form: Option<Value>,
}

/// The document with this identifier, whole.
pub(super) fn show(core: &Core, acting: &ActingArchivist, id: &str) -> Result<String, ArchivistRefusal> {
    let shown = ShownDocument::of(core, &document(core, acting, id)?);
    Ok(serde_json::to_string_pretty(&shown).expect("texts and numbers are always written"))
}

/// The document with this identifier, where an archivist of the register may see it.
pub(super) fn document(core: &Core, acting: &ActingArchivist, id: &str) -> Result<StoredDocument, ArchivistRefusal> {
    let found = core.archive.search(&Filter {
        id: Some(id.to_owned()),
        all_versions: true,
        nullified: true,
        quantity: 1,
        ..of_register(core, acting)
    })?;
    found.documents.into_iter().next().ok_or_else(|| ArchivistRefusal::NoDocument(id.to_owned()))
}

impl ShownDocument {
    pub(super) fn of(core: &Core, document: &StoredDocument) -> Self {
        let body = read_document(&document.content, &core.limits).ok().and_then(|document| document.body);
        let (display_form, json) = body.map(|body| (body.display_form, body.json)).unwrap_or_default();
        let json = json.and_then(|json| json.value.ok());
        Self {
            metadata: Metadata::of(document),
            display_form: display_form.and_then(|form| form.value.ok()),
            structured_form: json.map(|text| serde_json::from_str(&text).unwrap_or(Value::String(text))),
        }
    }
}
