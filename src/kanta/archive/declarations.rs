//! Declarations of intent, and access rights to registers.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::store::{Archive, ArchiveError};
use crate::domain::{DeclarationTarget, Declared};
use crate::kanta::declarations::{Declaration, Standing};

/// What a message says of one declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::kanta) enum DeclarationChange {
    /// It is in force from now on, in place of what had its identifier.
    Declare(Declaration),
    /// It is no longer in force.
    Withdraw {
        /// Its identifier.
        id: String,
        /// Identity code of the person whose it is.
        person: String,
    },
}

/// What stands under an identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::kanta) struct KnownDeclaration {
    pub person: String,
    pub in_force: bool,
}

impl Archive {
    /// Makes all of `changes` or none, at `now`.
    pub(in crate::kanta) fn declare(&self, changes: &[DeclarationChange], now: Timestamp) -> Result<(), ArchiveError> {
        self.atomically(|connection| changes.iter().try_for_each(|change| make(connection, change, now)))
    }

    /// What stands under the identifier `id`: what came last.
    pub(in crate::kanta) fn declaration(&self, id: &str) -> Result<Option<KnownDeclaration>, ArchiveError> {
        let connection = self.lock();
        let sql = "SELECT person, ended IS NULL FROM declarations WHERE id = ?1 ORDER BY number DESC LIMIT 1";
        let mut statement = connection.prepare_cached(sql)?;
        let known = |row: &rusqlite::Row<'_>| Ok(KnownDeclaration { person: row.get(0)?, in_force: row.get(1)? });
        Ok(statement.query_row([id], known).optional()?)
    }

    /// Declarations of `persons`, each with whether it is in force, in the order in which they came.
    pub(in crate::kanta) fn declarations_of(
        &self,
        persons: &[String],
    ) -> Result<Vec<(Declaration, bool)>, ArchiveError> {
        let connection = self.lock();
        let sql = "SELECT id, person, declared, stored, ended IS NULL FROM declarations WHERE person = ?1 \
                   ORDER BY number";
        let mut statement = connection.prepare_cached(sql)?;
        let mut all = Vec::new();
        for person in persons {
            all.extend(statement.query_map([person], declaration_of)?.collect::<Result<Vec<_>, _>>()?);
        }
        Ok(all)
    }

    /// What is in force for `person`.
    pub(in crate::kanta) fn standing(&self, person: &str) -> Result<Standing, ArchiveError> {
        let of_person = self.declarations_of(&[person.to_owned()])?;
        let declared: Vec<Declared> =
            of_person.into_iter().filter(|(_, in_force)| *in_force).map(|(one, _)| one.declared).collect();
        let mut prohibited_sets = Vec::new();
        for id in forbidden_documents(&declared) {
            prohibited_sets.extend(self.version(id)?.map(|version| version.set_id));
        }
        Ok(Standing { declared, prohibited_sets })
    }

    /// Whether `organisation` has a valid document of one of `groups` about `person` in its own register.
    pub(in crate::kanta) fn is_connected(
        &self,
        organisation: &str,
        person: &str,
        groups: &[&str],
    ) -> Result<bool, ArchiveError> {
        let connection = self.lock();
        let sql = "SELECT 1 FROM clients c JOIN documents d ON d.number = c.document \
                   WHERE c.person = ?1 AND d.controller = ?2 AND d.document_group = ?3 AND NOT d.nullified";
        let mut statement = connection.prepare_cached(sql)?;
        for group in groups {
            if statement.exists(params![person, organisation, group])? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Lets `producer` use the register of `organiser`.
    pub(in crate::kanta) fn grant_access(&self, producer: &str, organiser: &str) -> Result<(), ArchiveError> {
        let connection = self.lock();
        let sql = "INSERT OR IGNORE INTO register_access (producer, organiser) VALUES (?1, ?2)";
        connection.prepare_cached(sql)?.execute([producer, organiser])?;
        Ok(())
    }

    /// Whether `producer` may use the register of `organiser`.
    pub(in crate::kanta) fn has_access(&self, producer: &str, organiser: &str) -> Result<bool, ArchiveError> {
        let connection = self.lock();
        let sql = "SELECT 1 FROM register_access WHERE producer = ?1 AND organiser = ?2";
        Ok(connection.prepare_cached(sql)?.exists([producer, organiser])?)
    }
}

fn forbidden_documents(declared: &[Declared]) -> impl Iterator<Item = &str> {
    let targets = declared.iter().flat_map(|one| match one {
        Declared::Prohibition { targets } => targets.as_slice(),
        Declared::Information | Declared::Permit { .. } => &[],
    });
    targets.filter_map(|target| match target {
        DeclarationTarget::Document(id) => Some(id.as_str()),
        DeclarationTarget::ServiceTask(_) | DeclarationTarget::Controller(_) => None,
    })
}

pub(super) fn make(connection: &Connection, change: &DeclarationChange, now: Timestamp) -> Result<(), ArchiveError> {
    match change {
        DeclarationChange::Declare(declaration) => replace(connection, declaration, now),
        DeclarationChange::Withdraw { id, person } => end(connection, id, person, now),
    }
}

fn replace(connection: &Connection, declaration: &Declaration, now: Timestamp) -> Result<(), ArchiveError> {
    let declared = serde_json::to_string(&declaration.declared)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    let sql = "SELECT 1 FROM declarations WHERE id = ?1 AND person = ?2 AND declared = ?3 AND ended IS NULL";
    let values = params![declaration.id, declaration.person, declared];
    if connection.prepare_cached(sql)?.exists(values)? {
        return Ok(());
    }
    end(connection, &declaration.id, &declaration.person, now)?;
    let sql = "INSERT INTO declarations (id, person, declared, stored) VALUES (?1, ?2, ?3, ?4)";
    let values = params![declaration.id, declaration.person, declared, declaration.stored.to_string()];
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

fn end(connection: &Connection, id: &str, person: &str, now: Timestamp) -> Result<(), ArchiveError> {
    let sql = "UPDATE declarations SET ended = ?3 WHERE id = ?1 AND person = ?2 AND ended IS NULL";
    connection.prepare_cached(sql)?.execute(params![id, person, now.to_string()])?;
    Ok(())
}

fn declaration_of(row: &rusqlite::Row<'_>) -> rusqlite::Result<(Declaration, bool)> {
    let (declared, stored): (String, String) = (row.get(2)?, row.get(3)?);
    let declared = serde_json::from_str(&declared)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(2, rusqlite::types::Type::Text, error.into()))?;
    let stored = stored.parse().unwrap_or(Timestamp::UNIX_EPOCH);
    Ok((Declaration { id: row.get(0)?, person: row.get(1)?, declared, stored }, row.get(4)?))
}
