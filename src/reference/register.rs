//! What the system holds of its own: clients, documents, what waits to be sent.

use std::collections::HashMap;

use super::answer::FoundDocument;
use super::draft::{DocumentKind, VersionId};
use super::ending::ShownError;
use super::frame::{Change, Message};
use crate::domain::Person;

/// Everything held. `reset` makes it empty.
#[derive(Debug, Default)]
pub struct Register {
    /// Clients by identity code.
    pub clients: HashMap<String, Person>,
    /// Versions of documents, in the order in which the system got to know them.
    pub records: Vec<Record>,
}

/// One version of a document.
#[derive(Debug, Clone)]
pub struct Record {
    /// Identity code of its client.
    pub client: String,
    pub kind: DocumentKind,
    pub version: VersionId,
    /// Its client relationship or matter.
    pub above: Option<String>,
    /// The service organiser in whose register the system has stored it.
    pub organiser: Option<String>,
    /// Its text, where the system has it.
    pub text: Option<String>,
    /// The marker that its action gave.
    pub marker: Option<String>,
    pub status: Status,
    /// Whether it is nullified.
    pub nullified: bool,
    /// What Kanta said against it.
    pub errors: Vec<ShownError>,
    /// What is to be sent about it.
    pub pending: Option<Pending>,
}

/// Where a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// In the archive.
    Stored,
    /// To be sent.
    Waiting,
    /// Refused by Kanta.
    Refused,
}

impl Status {
    /// Its name in the driver API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Waiting => "waiting",
            Self::Refused => "refused",
        }
    }
}

/// A message that waits, with its entry in the use log once it has one.
#[derive(Debug, Clone)]
pub struct Pending {
    pub message: Message,
    pub change: Change,
    /// Place of its log entry.
    pub logged: Option<usize>,
    /// Whether it is being sent.
    pub in_flight: bool,
    /// Whether a fault sends the document as a new one instead.
    pub anew: bool,
}

impl Register {
    /// The newest version of a client's document that was not refused.
    pub fn newest(&self, client: &str, set_id: &str) -> Option<&Record> {
        self.set(client, set_id).rfind(|record| record.status != Status::Refused)
    }

    /// The first version of a client's document.
    pub fn first(&self, client: &str, set_id: &str) -> Option<&Record> {
        self.set(client, set_id).next()
    }

    /// The latest that is known of a document, by its set identifier or its marker.
    pub fn latest(&self, client: &str, document: Option<&str>, marker: Option<&str>) -> Option<&Record> {
        let of_set = |record: &&Record| document.is_some_and(|set_id| record.version.set_id == set_id);
        let marked = |record: &&Record| document.is_none() && marker.is_some() && record.marker.as_deref() == marker;
        self.of_client(client).rfind(|record| of_set(record) || marked(record))
    }

    /// A client's records, oldest first.
    pub fn of_client<'a>(&'a self, client: &str) -> impl DoubleEndedIterator<Item = &'a Record> {
        self.records.iter().filter(move |record| record.client == client)
    }

    fn set<'a>(&'a self, client: &str, set_id: &str) -> impl DoubleEndedIterator<Item = &'a Record> {
        self.of_client(client).filter(move |record| record.version.set_id == set_id)
    }

    /// The record that holds this message.
    pub fn holder(&mut self, extension: &str) -> Option<&mut Record> {
        let holds = |record: &&mut Record| {
            record.pending.as_ref().is_some_and(|pending| pending.message.extension == extension)
        };
        self.records.iter_mut().find(holds)
    }

    /// Takes every message that waits and is not being sent; gives their extensions, oldest first.
    pub fn claim_waiting(&mut self) -> Vec<String> {
        let waiting = self.records.iter_mut().filter_map(|record| record.pending.as_mut());
        waiting
            .filter(|pending| !pending.in_flight)
            .map(|pending| {
                pending.in_flight = true;
                pending.message.extension.clone()
            })
            .collect()
    }

    /// How many messages wait.
    pub fn waiting(&self) -> usize {
        self.records.iter().filter(|record| record.pending.is_some()).count()
    }

    /// Forgets the record that holds this message.
    pub fn forget(&mut self, extension: &str) {
        let holds = |record: &Record| record.pending.as_ref().is_some_and(|held| held.message.extension == extension);
        self.records.retain(|record| !holds(record));
    }

    /// Marks every version of a document as nullified.
    pub fn nullify(&mut self, client: &str, set_id: &str) {
        let versions = self.records.iter_mut().filter(|record| record.client == client);
        versions.filter(|record| record.version.set_id == set_id).for_each(|record| record.nullified = true);
    }

    /// Remembers what a query found.
    pub fn learn(&mut self, client: &str, found: &FoundDocument) {
        let same = |record: &&mut Record| record.client == client && record.version.id == found.version.id;
        let content = found.content.as_ref();
        if let Some(known) = self.records.iter_mut().find(same) {
            known.text = known.text.take().or_else(|| content.map(|content| content.text.clone()));
            known.above = known.above.take().or_else(|| content.and_then(|content| content.above.clone()));
            return;
        }
        self.records.push(Record {
            client: client.to_owned(),
            kind: content.map_or(DocumentKind::ClientDocument, |content| content.kind),
            version: found.version.clone(),
            above: content.and_then(|content| content.above.clone()),
            organiser: None,
            text: content.map(|content| content.text.clone()),
            marker: None,
            status: Status::Stored,
            nullified: found.nullified,
            errors: vec![],
            pending: None,
        });
    }
}
