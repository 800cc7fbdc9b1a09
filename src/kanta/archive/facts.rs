//! The facts in the database: with them the state goes on where it ended.

use rusqlite::Connection;
use rusqlite::types::Type;

use crate::state::{ArchiveState, Fact};

/// Writes facts down.
pub(super) fn insert<'f>(connection: &Connection, facts: impl IntoIterator<Item = &'f Fact>) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached("INSERT INTO facts (fact) VALUES (?1)")?;
    for fact in facts {
        let text =
            serde_json::to_string(fact).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        statement.execute([text])?;
    }
    Ok(())
}

/// The state after all facts in the database.
pub(super) fn state(connection: &Connection) -> rusqlite::Result<ArchiveState> {
    let mut state = ArchiveState::default();
    let mut statement = connection.prepare("SELECT fact FROM facts ORDER BY number")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let fact = serde_json::from_str(row.get_ref(0)?.as_str()?)
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error.into()))?;
        state.learn(&fact);
    }
    Ok(state)
}

/// Whether the database holds documents and no facts, as an earlier version left it.
pub(super) fn are_missing(connection: &Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM documents) AND NOT EXISTS (SELECT 1 FROM facts)";
    connection.query_row(sql, [], |row| row.get(0))
}
