//! What a message to the archive makes happen.

use super::{Handling, document_version};
use crate::domain::Operation;
use crate::profile::Profile;
use crate::reading::ArchiveReading;
use crate::reading::{DocumentDeclaration, document_declaration};
use crate::state::{Fact, Fingerprint};

/// What the message made happen: that it came, and where Kanta did what it asks, what it changed.
pub fn of_message(reading: &ArchiveReading, profile: &Profile, handling: Handling) -> Vec<Fact> {
    if handling == Handling::Withheld {
        return Vec::new();
    }
    let mut facts: Vec<Fact> = came(reading, handling).into_iter().collect();
    if handling == Handling::Done {
        facts.extend(change(reading, profile));
        let brought = document_declaration(reading, profile).ok().flatten();
        facts.extend(brought.map(declaration));
    }
    facts
}

fn came(reading: &ArchiveReading, handling: Handling) -> Option<Fact> {
    Some(Fact::MessageCame {
        id: reading.message_id()?.to_string(),
        content: Fingerprint::of(reading.message_digest()?),
        answered: handling != Handling::NotReached,
    })
}

fn change(reading: &ArchiveReading, profile: &Profile) -> Option<Fact> {
    let operation = reading.operation(profile);
    match (operation, reading.document()) {
        (Operation::Store | Operation::Correct | Operation::Nullify, Some(document)) => {
            let digest = reading.document_digest().unwrap_or_default();
            let version = document_version(document, profile, digest, operation == Operation::Nullify);
            version.ok().map(Fact::Stored)
        }
        (Operation::Nullify, None) => {
            Some(Fact::Nullified { set_id: reading.frame_document()?.set_id.as_ref()?.value.clone() })
        }
        _ => None,
    }
}

fn declaration(brought: DocumentDeclaration) -> Fact {
    let DocumentDeclaration { id, person, declared } = brought;
    match declared {
        Some(declared) => Fact::Declared { id, person, declared },
        None => Fact::Withdrawn { id, person },
    }
}
