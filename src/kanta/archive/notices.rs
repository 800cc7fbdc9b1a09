//! Resources of disclosure notices, and the requests that brought them.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::store::{Archive, ArchiveError, taken};
use crate::state::Fact;

/// A resource to be kept: a notice or the metadata of one.
#[derive(Debug, Clone)]
pub(in crate::kanta) struct NewResource {
    pub kind: String,
    /// Identifier that the sender gave.
    pub id: String,
    /// Digest of its content.
    pub digest: String,
    /// Identity codes of the persons it is about.
    pub persons: Vec<String>,
}

/// A resource that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::kanta) struct KeptResource {
    /// Its number in this archive, of which its permanent identifier is made.
    pub number: i64,
    /// Digest of its content.
    pub digest: String,
    /// `X-Request-Id` of the request that brought it.
    pub request: String,
    pub stored: Timestamp,
    /// Whether it came just now.
    pub is_new: bool,
}

impl Archive {
    /// Keeps all of `resources` or none, as brought by `request` at `now`, with the facts that follow. What is there already with
    /// the same content stays as it is.
    ///
    /// # Errors
    /// `Taken` when one is there with other content.
    pub(in crate::kanta) fn keep_resources(
        &self,
        resources: &[NewResource],
        request: &str,
        now: Timestamp,
        facts: &[Fact],
    ) -> Result<Vec<KeptResource>, ArchiveError> {
        let keep_all = |connection: &Connection| {
            resources.iter().map(|resource| keep(connection, resource, request, now)).collect()
        };
        self.atomically(facts, keep_all)
    }

    /// Identifiers of the notices about `persons`, in the order in which they came.
    pub(in crate::kanta) fn notices_of(&self, persons: &[String]) -> Result<Vec<String>, ArchiveError> {
        let connection = self.lock();
        let sql = "SELECT r.id FROM resources r JOIN resource_persons p ON p.resource = r.number \
                   WHERE p.person = ?1 AND r.kind = 'AuditEvent' ORDER BY r.number";
        let mut ids = Vec::new();
        for person in persons {
            let mut statement = connection.prepare_cached(sql)?;
            ids.extend(statement.query_map([person], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?);
        }
        Ok(ids)
    }
}

fn keep(
    connection: &Connection,
    resource: &NewResource,
    request: &str,
    now: Timestamp,
) -> Result<KeptResource, ArchiveError> {
    if let Some(kept) = kept(connection, &resource.id)? {
        let same = kept.digest == resource.digest;
        return if same { Ok(kept) } else { Err(ArchiveError::Taken(resource.id.clone())) };
    }
    let sql = "INSERT INTO resources (kind, id, digest, request, stored) VALUES (?1, ?2, ?3, ?4, ?5)";
    let values = params![resource.kind, resource.id, resource.digest, request, now.to_string()];
    connection.prepare_cached(sql)?.execute(values).map_err(|error| taken(error, &resource.id))?;
    let number = connection.last_insert_rowid();
    let sql = "INSERT OR IGNORE INTO resource_persons (person, resource) VALUES (?1, ?2)";
    let mut person = connection.prepare_cached(sql)?;
    for code in &resource.persons {
        person.execute(params![code, number])?;
    }
    Ok(KeptResource { number, digest: resource.digest.clone(), request: request.to_owned(), stored: now, is_new: true })
}

fn kept(connection: &Connection, id: &str) -> Result<Option<KeptResource>, ArchiveError> {
    let sql = "SELECT number, digest, request, stored FROM resources WHERE id = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let read = |row: &rusqlite::Row<'_>| {
        let stored: String = row.get(3)?;
        let stored = stored.parse().unwrap_or(Timestamp::UNIX_EPOCH);
        Ok(KeptResource { number: row.get(0)?, digest: row.get(1)?, request: row.get(2)?, stored, is_new: false })
    };
    Ok(statement.query_row([id], read).optional()?)
}
