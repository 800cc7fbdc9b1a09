//! What the archive handed out: Kanta's own log of it.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::store::{Archive, ArchiveError};

/// A document that an answer handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOut {
    /// Number of the exchange.
    pub exchange: u64,
    pub document: String,
    /// OID of the organisation that asked.
    pub asked_by: String,
    pub at: Timestamp,
}

impl Archive {
    /// When and to whom the document went, in order.
    pub(in crate::kanta) fn handed_out(&self, document: &str) -> Result<Vec<HandedOut>, ArchiveError> {
        let connection = self.lock();
        let sql = "SELECT exchange, document, asked_by, at FROM handed_out WHERE document = ?1 ORDER BY rowid";
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map([document], |row| {
            let (exchange, at): (i64, String) = (row.get(0)?, row.get(3)?);
            Ok(HandedOut {
                exchange: u64::try_from(exchange).unwrap_or_default(),
                document: row.get(1)?,
                asked_by: row.get(2)?,
                at: at.parse().unwrap_or(Timestamp::UNIX_EPOCH),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

pub(super) fn insert(connection: &Connection, list: &[HandedOut]) -> Result<(), ArchiveError> {
    let sql = "INSERT INTO handed_out (exchange, document, asked_by, at) VALUES (?1, ?2, ?3, ?4)";
    let mut statement = connection.prepare_cached(sql)?;
    for one in list {
        let number = i64::try_from(one.exchange).unwrap_or(i64::MAX);
        statement.execute(params![number, one.document, one.asked_by, one.at.to_string()])?;
    }
    Ok(())
}
