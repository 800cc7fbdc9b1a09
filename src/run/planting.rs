//! Turns a planned document into what the simulated Kanta is asked to hold.

use jiff::Timestamp;

use super::parameters::{FORM, form_text};
use crate::kanta::{Declaration, Party, PlantedDocument, PlantedForm, PlantedKind};
use crate::profile::Profile;
use crate::scenario::{DocumentKind, PlannedDeclaration, PlannedDocument, PlannedForm};

/// Name of a controller in planted documents.
const CONTROLLER: &str = "Näytealue";
/// When planted documents were made: any moment before the run, the same in every run.
const MADE: i64 = 1_768_471_200;

/// The declaration, stored at `now`.
pub(super) fn declared(declaration: &PlannedDeclaration, now: Timestamp) -> Declaration {
    let PlannedDeclaration { id, person, declared } = declaration.clone();
    Declaration { id, person, declared, stored: now }
}

/// The form for the service of forms.
pub(super) fn waiting(form: &PlannedForm) -> PlantedForm {
    PlantedForm {
        key: form.key.clone(),
        sender: form.sender.clone(),
        recipient: form.recipient.clone(),
        client: form.person.clone(),
        kind: FORM.to_owned(),
        text: form_text(&form.marker),
    }
}

/// The document for the archive.
pub(super) fn planted(document: &PlannedDocument, profile: &Profile) -> PlantedDocument {
    let belongs_to = document.belongs_to.clone();
    let usual_type = profile.type_of_kind(document.kind.name());
    let document_type = || document.document_type.clone().unwrap_or_else(|| usual_type.to_owned());
    let service_task = document.service_task.as_ref().unwrap_or(&profile.planted.service_task.code);
    let replaced = document.version.checked_sub(1).filter(|version| *version > 0);
    PlantedDocument {
        id: document.id.clone(),
        set_id: document.set_id.clone(),
        version: document.version,
        replaces: replaced.map(|version| document.id_of(version)),
        kind: match document.kind {
            DocumentKind::ClientRelationship => PlantedKind::ClientRelationship,
            DocumentKind::Matter => PlantedKind::Matter { relationship: belongs_to },
            DocumentKind::ClientDocument => PlantedKind::ClientDocument { matter: belongs_to },
            DocumentKind::FirstPhaseDocument => {
                PlantedKind::FirstPhaseDocument { matter: belongs_to, document_type: document_type() }
            }
            DocumentKind::OldDocument => {
                PlantedKind::OldDocument { relationship: belongs_to, document_type: document_type() }
            }
        },
        client: document.person.clone(),
        service_task: service_task.clone(),
        controller: Party { oid: document.controller.clone(), name: CONTROLLER.to_owned() },
        title: "Näyteasiakirja".to_owned(),
        text: format!("Näyteteksti {}.", document.marker),
        effective: Timestamp::from_second(MADE + i64::from(document.version) * 86_400).unwrap_or_default(),
        nullified: document.nullified,
    }
}
