//! Searching, and what is told of a document without its content.

use axum::extract::Query;
use axum::http::Uri;
use serde::{Deserialize, Serialize};

use super::acting_archivist::ActingArchivist;
use super::refusal::ArchivistRefusal;
use crate::evidence::Provenance;
use crate::kanta::archive::{Filter, StoredDocument};
use crate::kanta::core::Core;

const MOST: usize = 1000;

/// What is looked for; each may be left out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SearchCriteria {
    client: Option<String>,
    set_id: Option<String>,
    group: Option<String>,
    document_type: Option<String>,
    service_task: Option<String>,
    matter: Option<String>,
    relationship: Option<String>,
    /// Older versions too.
    #[serde(default)]
    versions: bool,
    /// Nullified documents too.
    #[serde(default)]
    nullified: bool,
}

/// What is told of a document without its content.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Metadata {
    pub id: String,
    pub set_id: String,
    pub version: u32,
    pub nullified: bool,
    pub clients: Vec<String>,
    pub controller: String,
    pub register: String,
    pub group: String,
    pub general_type: Option<String>,
    pub specific_type: Option<String>,
    pub service_task: Option<String>,
    pub matter: Option<String>,
    pub relationship: Option<String>,
    pub effective_time: String,
    /// True for what a scenario or a test put there.
    pub planted: bool,
}

#[derive(Serialize)]
struct SearchListing {
    /// How many there are; at most 1,000 of them are listed.
    total: usize,
    documents: Vec<Metadata>,
}

/// Lists documents of the acting's register.
pub(super) fn search(core: &Core, acting: &ActingArchivist, uri: &Uri) -> Result<String, ArchivistRefusal> {
    let wanted =
        Query::<SearchCriteria>::try_from_uri(uri).map_err(|error| ArchivistRefusal::Unreadable(error.body_text()))?.0;
    let found = core.archive.search(&Filter {
        person: wanted.client,
        set_id: wanted.set_id,
        group: wanted.group,
        document_type: wanted.document_type,
        service_task: wanted.service_task,
        matter: wanted.matter,
        relationship: wanted.relationship,
        all_versions: wanted.versions,
        nullified: wanted.nullified,
        quantity: MOST,
        ..of_register(core, acting)
    })?;
    let listing = SearchListing { total: found.total, documents: found.documents.iter().map(Metadata::of).collect() };
    Ok(serde_json::to_string_pretty(&listing).expect("texts and numbers are always written"))
}

/// Whatever an archivist of the register may see.
pub(super) fn of_register(core: &Core, acting: &ActingArchivist) -> Filter {
    Filter {
        controller: Some(acting.register.clone()),
        without_groups: core.profile.archivist.hidden_groups.clone(),
        ..Filter::default()
    }
}

impl Metadata {
    pub(super) fn of(document: &StoredDocument) -> Self {
        Self {
            id: document.id.clone(),
            set_id: document.set_id.clone(),
            version: document.version,
            nullified: document.nullified,
            clients: document.persons.clone(),
            controller: document.controller.clone(),
            register: document.register.clone(),
            group: document.group.clone(),
            general_type: document.general_type.clone(),
            specific_type: document.specific_type.clone(),
            service_task: document.service_task.clone(),
            matter: document.matter.clone(),
            relationship: document.relationship.clone(),
            effective_time: document.effective_text.clone(),
            planted: document.provenance == Provenance::Planted,
        }
    }
}
