//! What archivists did: every act, refused ones too.

use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde::Serialize;

use super::store::{Archive, ArchiveError};

/// An act of an archivist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::kanta) struct Act {
    /// Number of the exchange.
    pub exchange: u64,
    pub at: Timestamp,
    /// Who, by the name that the call gives.
    pub archivist: String,
    /// For which customer: its OID.
    pub controller: String,
    /// In whose register: its controller's OID.
    pub register: String,
    /// `search`, `show`, `compare`, `nullify` or `log`.
    pub action: String,
    /// Identifiers of the documents concerned; what was looked for where there are none.
    pub about: String,
    /// Why, where a reason is asked for.
    pub reason: Option<String>,
    /// `done`, or why not.
    pub outcome: String,
}

impl Archive {
    /// Writes an act down.
    pub(in crate::kanta) fn note_act(&self, act: &Act) -> Result<(), ArchiveError> {
        insert(&self.lock(), act)
    }

    /// Every act for a controller, in order.
    pub(in crate::kanta) fn acts_for(&self, controller: &str) -> Result<Vec<Act>, ArchiveError> {
        let connection = self.lock();
        let sql = "SELECT exchange, at, archivist, controller, register, action, about, reason, outcome \
                   FROM archivist_log WHERE controller = ?1 ORDER BY rowid";
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map([controller], |row| {
            let (exchange, at): (i64, String) = (row.get(0)?, row.get(1)?);
            Ok(Act {
                exchange: u64::try_from(exchange).unwrap_or_default(),
                at: at.parse().unwrap_or(Timestamp::UNIX_EPOCH),
                archivist: row.get(2)?,
                controller: row.get(3)?,
                register: row.get(4)?,
                action: row.get(5)?,
                about: row.get(6)?,
                reason: row.get(7)?,
                outcome: row.get(8)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn insert(connection: &Connection, act: &Act) -> Result<(), ArchiveError> {
    let sql = "INSERT INTO archivist_log (exchange, at, archivist, controller, register, action, about, reason, outcome) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let number = i64::try_from(act.exchange).unwrap_or(i64::MAX);
    connection.prepare_cached(sql)?.execute(params![
        number,
        act.at.to_string(),
        act.archivist,
        act.controller,
        act.register,
        act.action,
        act.about,
        act.reason,
        act.outcome
    ])?;
    Ok(())
}
