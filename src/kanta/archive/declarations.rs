//! Declarations of intent.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::store::{Archive, ArchiveError};
use crate::kanta::declarations::Declaration;
use crate::state::Fact;

/// What a message says of one declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::kanta) enum DeclarationChange {
    /// It is in force from now on, in place of what had its identifier.
    Declare(Declaration),
    /// It is no longer in force.
    Withdraw {
        id: String,
        /// Identity code of the person whose it is.
        person: String,
    },
}

impl Archive {
    /// Makes all of `changes` or none, at `now`, with the facts that follow.
    pub(in crate::kanta) fn declare(
        &self,
        changes: &[DeclarationChange],
        now: Timestamp,
        facts: &[Fact],
    ) -> Result<(), ArchiveError> {
        self.atomically(facts, |connection| changes.iter().try_for_each(|change| make(connection, change, now)))
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
