//! Versions of documents.

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use super::store::{Archive, ArchiveError, taken};
use super::{AnsweredMessage, DeclarationChange, HandedOut};
use crate::evidence::{LoggedDisclosure, Provenance};
use crate::state::Fact;

/// A version of a document with the metadata that searches ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::kanta) struct StoredDocument {
    pub id: String,
    pub set_id: String,
    pub version: u32,
    /// Identity codes of its clients.
    pub persons: Vec<String>,
    pub controller: String,
    pub group: String,
    pub register: String,
    pub general_type: Option<String>,
    pub specific_type: Option<String>,
    pub service_task: Option<String>,
    pub matter: Option<String>,
    pub relationship: Option<String>,
    /// Identifier of the client relationship or matter that this document opens.
    pub opens: Option<String>,
    /// Effective time as the document writes it.
    pub effective_text: String,
    /// The same in seconds of the Unix epoch, where it tells an instant or a day.
    pub effective: Option<i64>,
    pub nullified: bool,
    pub provenance: Provenance,
    /// The bytes of the CDA document.
    pub content: Vec<u8>,
    /// Digest of its text and attachments, by which the same content is known again.
    pub digest: String,
    /// What came with it, in order.
    pub attachments: Vec<StoredAttachment>,
}

/// What came with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::kanta) struct StoredAttachment {
    /// Content id by which the document refers to it.
    pub id: String,
    pub media_type: String,
    pub content: Vec<u8>,
}

/// What a message does to the archive.
#[derive(Debug)]
pub(in crate::kanta) enum Change {
    /// A new version; a nullified one takes the older versions along.
    Version(Box<StoredDocument>),
    /// Nullify every version of this set, without a new one.
    Nullification { set_id: String },
    /// Documents were given out.
    GivenOut {
        /// Those that were given with their content.
        handed_out: Vec<HandedOut>,
        /// Those that were disclosed to another controller than their own.
        disclosures: Vec<LoggedDisclosure>,
    },
    /// A change that brings a declaration of intent, or takes one along.
    Declaring { change: Box<Change>, declaration: DeclarationChange, at: Timestamp },
    /// Nothing.
    Nothing,
}

const COLUMNS: &str = "number, id, set_id, version, controller, document_group, register, general_type, specific_type, \
                       service_task, matter, relationship, opens, effective_text, effective, nullified, planted, content, digest";

impl Archive {
    /// Does what `change` says, keeps the answer to the message that asked for it and takes in the facts that follow
    /// from it: all or nothing.
    ///
    /// # Errors
    /// `Taken` when the document or the message is there already, `Forked` when another document is that
    /// version of its set.
    pub(in crate::kanta) fn apply(
        &self,
        change: &Change,
        answered: Option<(&str, &AnsweredMessage)>,
        facts: &[Fact],
    ) -> Result<(), ArchiveError> {
        self.atomically(facts, |connection| {
            make(connection, change)?;
            answered.map_or(Ok(()), |(id, message)| super::messages::insert(connection, id, message))
        })
    }

    /// Identity codes of the clients of the version with this identifier.
    pub(in crate::kanta) fn persons_of(&self, id: &str) -> Result<Vec<String>, ArchiveError> {
        let connection = self.lock();
        let sql = "SELECT person FROM clients WHERE document = (SELECT number FROM documents WHERE id = ?1)";
        let mut statement = connection.prepare_cached(sql)?;
        Ok(statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Every version of every document of `persons`, by set and version.
    pub(in crate::kanta) fn of_persons(&self, persons: &[String]) -> Result<Vec<StoredDocument>, ArchiveError> {
        let connection = self.lock();
        let sql = format!(
            "SELECT {COLUMNS} FROM documents WHERE number IN (SELECT document FROM clients WHERE person = ?1) \
             ORDER BY set_id, version, number"
        );
        let mut documents = Vec::new();
        for person in persons {
            let mut statement = connection.prepare_cached(&sql)?;
            let rows = statement.query_map([person], |row| document_of(&connection, row))?;
            documents.extend(rows.collect::<Result<Vec<_>, _>>()?);
        }
        Ok(documents)
    }
}

fn make(connection: &Connection, change: &Change) -> Result<(), ArchiveError> {
    match change {
        Change::Version(document) => insert(connection, document),
        Change::Nullification { set_id } => nullify(connection, set_id),
        Change::GivenOut { handed_out, disclosures } => {
            super::handed_out::insert(connection, handed_out)?;
            super::disclosures::insert(connection, disclosures)
        }
        Change::Declaring { change, declaration, at } => {
            make(connection, change)?;
            super::declarations::make(connection, declaration, *at)
        }
        Change::Nothing => Ok(()),
    }
}

fn insert(connection: &Connection, document: &StoredDocument) -> Result<(), ArchiveError> {
    let sql = format!(
        "INSERT INTO documents ({COLUMNS}) VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, \
                       ?12, ?13, ?14, ?15, ?16, ?17, ?18)"
    );
    let planted = document.provenance == Provenance::Planted;
    let done = connection.prepare_cached(&sql)?.execute(params![
        document.id,
        document.set_id,
        document.version,
        document.controller,
        document.group,
        document.register,
        document.general_type,
        document.specific_type,
        document.service_task,
        document.matter,
        document.relationship,
        document.opens,
        document.effective_text,
        document.effective,
        document.nullified,
        planted,
        document.content,
        document.digest,
    ]);
    done.map_err(|error| in_the_way(connection, error, document))?;
    let number = connection.last_insert_rowid();
    let mut client = connection.prepare_cached("INSERT OR IGNORE INTO clients (person, document) VALUES (?1, ?2)")?;
    for person in &document.persons {
        client.execute(params![person, number])?;
    }
    let sql = "INSERT INTO attachments (document, place, id, media_type, content) VALUES (?1, ?2, ?3, ?4, ?5)";
    for (place, attachment) in (0_u32..).zip(&document.attachments) {
        let values = params![number, place, attachment.id, attachment.media_type, attachment.content];
        connection.prepare_cached(sql)?.execute(values)?;
    }
    if document.nullified {
        nullify(connection, &document.set_id)?;
    }
    Ok(())
}

fn nullify(connection: &Connection, set_id: &str) -> Result<(), ArchiveError> {
    connection.prepare_cached("UPDATE documents SET nullified = 1 WHERE set_id = ?1")?.execute([set_id])?;
    Ok(())
}

/// What keeps `document` out: its identifier, or its version of the set.
fn in_the_way(connection: &Connection, error: rusqlite::Error, document: &StoredDocument) -> ArchiveError {
    let sql = "SELECT 1 FROM documents WHERE set_id = ?1 AND version = ?2 AND id <> ?3";
    let forked = connection
        .prepare_cached(sql)
        .and_then(|mut statement| statement.exists(params![document.set_id, document.version, document.id]));
    match (taken(error, &document.id), forked) {
        (ArchiveError::Taken(_), Ok(true)) => {
            ArchiveError::Forked { set_id: document.set_id.clone(), version: document.version }
        }
        (error, _) => error,
    }
}

pub(super) fn columns() -> &'static str {
    COLUMNS
}

pub(super) fn document_of(connection: &Connection, row: &Row<'_>) -> rusqlite::Result<StoredDocument> {
    let number: i64 = row.get(0)?;
    let planted: bool = row.get(16)?;
    Ok(StoredDocument {
        id: row.get(1)?,
        set_id: row.get(2)?,
        version: row.get(3)?,
        persons: clients_of(connection, number)?,
        controller: row.get(4)?,
        group: row.get(5)?,
        register: row.get(6)?,
        general_type: row.get(7)?,
        specific_type: row.get(8)?,
        service_task: row.get(9)?,
        matter: row.get(10)?,
        relationship: row.get(11)?,
        opens: row.get(12)?,
        effective_text: row.get(13)?,
        effective: row.get(14)?,
        nullified: row.get(15)?,
        provenance: if planted { Provenance::Planted } else { Provenance::Wire },
        content: row.get(17)?,
        digest: row.get(18)?,
        attachments: attachments_of(connection, number)?,
    })
}

fn attachments_of(connection: &Connection, number: i64) -> rusqlite::Result<Vec<StoredAttachment>> {
    let sql = "SELECT id, media_type, content FROM attachments WHERE document = ?1 ORDER BY place";
    let mut attachments = connection.prepare_cached(sql)?;
    let attachment =
        |row: &Row<'_>| Ok(StoredAttachment { id: row.get(0)?, media_type: row.get(1)?, content: row.get(2)? });
    attachments.query_map([number], attachment)?.collect()
}

/// Identity codes of the clients of the document with this number.
pub(super) fn clients_of(connection: &Connection, number: i64) -> rusqlite::Result<Vec<String>> {
    let mut persons = connection.prepare_cached("SELECT person FROM clients WHERE document = ?1 ORDER BY person")?;
    persons.query_map([number], |row| row.get(0))?.collect()
}
