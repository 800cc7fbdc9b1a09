//! What the archive keeps of a document, drawn from the document itself.

use crate::domain::Code;
use crate::evidence::Provenance;
use crate::kanta::archive::StoredDocument;
use crate::reading::first_second;
use crate::state::DocumentVersion;
use crate::wire::LocatedValue;
use crate::wire::cda::ClinicalDocument;

/// The row of `document`, which is this version and has this `digest`.
pub(in crate::kanta) fn row_of(
    document: &ClinicalDocument,
    version: DocumentVersion,
    digest: String,
    provenance: Provenance,
) -> StoredDocument {
    let header = document.header.as_ref();
    let effective_text = document.effective_time.as_ref().map(|time| time.value.clone()).unwrap_or_default();
    StoredDocument {
        id: version.id,
        set_id: version.set_id,
        version: version.version,
        persons: version.persons,
        controller: version.controller,
        group: header.and_then(|header| code(header.group.as_ref())).unwrap_or_default(),
        register: header.and_then(|header| code(header.register.as_ref())).unwrap_or_default(),
        general_type: code(document.document_type.as_ref()),
        specific_type: header.and_then(|header| code(header.specific_type.as_ref())),
        service_task: version.service_task,
        matter: document.matter.as_ref().map(|id| id.value.clone()),
        relationship: header.and_then(|header| header.relationship.as_ref()).map(|id| id.value.clone()),
        opens: version.opens.map(|opened| opened.id),
        effective: first_second(&effective_text),
        effective_text,
        nullified: version.nullified,
        provenance,
        content: document.text.as_bytes().to_vec(),
        digest,
        attachments: Vec::new(),
    }
}

fn code(code: Option<&LocatedValue<Code>>) -> Option<String> {
    code.map(|code| code.code.clone())
}
