//! Messages that were answered: the same message again gets the first answer again.

use rusqlite::{Connection, OptionalExtension, params};

use super::store::{Archive, ArchiveError, taken};
use crate::domain::RefusalGround;

/// How a message was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::kanta) struct AnsweredMessage {
    /// Digest of the message.
    pub digest: String,
    pub accepted: bool,
    /// Why it was refused.
    pub refused_for: Vec<RefusalGround>,
    /// The answer's message element; `None` for a query, which is answered anew.
    pub answer: Option<String>,
}

impl Archive {
    /// The message with this identifier.
    pub(in crate::kanta) fn message(&self, id: &str) -> Result<Option<AnsweredMessage>, ArchiveError> {
        let connection = self.lock();
        let sql = "SELECT digest, accepted, refused_for, answer FROM messages WHERE id = ?1";
        let mut statement = connection.prepare_cached(sql)?;
        let read = |row: &rusqlite::Row<'_>| {
            let refused_for: String = row.get(2)?;
            let refused_for = refused_for.split_whitespace().map(|ground| ground.to_owned().into()).collect();
            Ok(AnsweredMessage { digest: row.get(0)?, accepted: row.get(1)?, refused_for, answer: row.get(3)? })
        };
        Ok(statement.query_row([id], read).optional()?)
    }
}

pub(super) fn insert(connection: &Connection, id: &str, message: &AnsweredMessage) -> Result<(), ArchiveError> {
    let sql = "INSERT INTO messages (id, digest, accepted, refused_for, answer) VALUES (?1, ?2, ?3, ?4, ?5)";
    let refused_for: Vec<&str> = message.refused_for.iter().map(RefusalGround::as_str).collect();
    let values = params![id, message.digest, message.accepted, refused_for.join(" "), message.answer];
    connection.prepare_cached(sql)?.execute(values).map(|_| ()).map_err(|error| taken(error, id))
}
