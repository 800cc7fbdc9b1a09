//! Forms on their way from one organisation to another.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use super::store::{Archive, ArchiveError};

/// How far a form has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::kanta) enum FormState {
    /// The recipient has not seen its content.
    Waiting,
    /// The recipient has its content and has not said so.
    Fetched,
    /// The recipient said that it has it.
    Receipted,
}

/// A form without its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::kanta) struct FormRecord {
    pub id: i64,
    pub sender: String,
    pub recipient: String,
    /// The sender's own name for it: the same key again is the same form.
    pub key: String,
    pub kind: String,
    pub state: FormState,
    pub sent: Timestamp,
    pub fetched: Option<Timestamp>,
    pub receipted: Option<Timestamp>,
}

const COLUMNS: &str = "number, sender, recipient, key, kind, sent, fetched, receipted";

impl Archive {
    /// Takes a form in, or finds the one that came under this key before. `None` where that one had other
    /// content.
    pub(in crate::kanta) fn send_form(
        &self,
        form: &FormRecord,
        content: &str,
        digest: &str,
    ) -> Result<Option<FormRecord>, ArchiveError> {
        let connection = self.lock();
        let sql = "INSERT OR IGNORE INTO forms (sender, recipient, key, kind, sent, content, digest) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let values = params![form.sender, form.recipient, form.key, form.kind, form.sent.to_string(), content, digest];
        connection.prepare_cached(sql)?.execute(values)?;
        let same = "sender = ?1 AND key = ?2 AND recipient = ?3 AND kind = ?4 AND digest = ?5";
        let values = params![form.sender, form.key, form.recipient, form.kind, digest];
        Ok(select(&connection, same)?.query_row(values, form_of).optional()?)
    }

    /// The form with this number.
    pub(in crate::kanta) fn form(&self, id: i64) -> Result<Option<FormRecord>, ArchiveError> {
        Ok(select(&self.lock(), "number = ?1")?.query_row([id], form_of).optional()?)
    }

    /// The forms for an organisation that it has not receipted, the oldest first, at most `most`.
    pub(in crate::kanta) fn forms_for(&self, recipient: &str, most: usize) -> Result<Vec<FormRecord>, ArchiveError> {
        let connection = self.lock();
        let open = format!("recipient = ?1 AND receipted IS NULL ORDER BY number LIMIT {most}");
        let mut statement = select(&connection, &open)?;
        let rows = statement.query_map([recipient], form_of)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many forms wait for an organisation.
    pub(in crate::kanta) fn count_forms_for(&self, recipient: &str) -> Result<i64, ArchiveError> {
        let connection = self.lock();
        let sql = "SELECT count(*) FROM forms WHERE recipient = ?1 AND receipted IS NULL";
        Ok(connection.prepare_cached(sql)?.query_row([recipient], |row| row.get(0))?)
    }

    /// The content of a form that is not receipted, which stays as it is.
    pub(in crate::kanta) fn form_content(&self, id: i64) -> Result<Option<String>, ArchiveError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached("SELECT content FROM forms WHERE number = ?1")?;
        Ok(statement.query_row([id], |row| row.get(0)).optional()?)
    }

    /// The content of a form, which counts as fetched from now on. `None` once it is receipted.
    pub(in crate::kanta) fn fetch_form(&self, id: i64, now: Timestamp) -> Result<Option<String>, ArchiveError> {
        let connection = self.lock();
        let sql = "UPDATE forms SET fetched = coalesce(fetched, ?2) WHERE number = ?1 AND receipted IS NULL \
                   RETURNING content";
        let mut statement = connection.prepare_cached(sql)?;
        Ok(statement.query_row(params![id, now.to_string()], |row| row.get(0)).optional()?)
    }

    /// Ends the way of a form whose content was fetched; the content is forgotten. False where it was not
    /// fetched. A second receipt changes nothing.
    pub(in crate::kanta) fn receipt_form(&self, id: i64, now: Timestamp) -> Result<bool, ArchiveError> {
        let connection = self.lock();
        let sql = "UPDATE forms SET receipted = coalesce(receipted, ?2), content = '' \
                   WHERE number = ?1 AND fetched IS NOT NULL";
        Ok(connection.prepare_cached(sql)?.execute(params![id, now.to_string()])? == 1)
    }
}

fn select<'c>(connection: &'c Connection, condition: &str) -> rusqlite::Result<rusqlite::CachedStatement<'c>> {
    connection.prepare_cached(&format!("SELECT {COLUMNS} FROM forms WHERE {condition}"))
}

fn form_of(row: &Row<'_>) -> rusqlite::Result<FormRecord> {
    let time = |text: Option<String>| text.and_then(|text| text.parse::<Timestamp>().ok());
    let (fetched, receipted) = (time(row.get(6)?), time(row.get(7)?));
    let state = match (fetched, receipted) {
        (_, Some(_)) => FormState::Receipted,
        (Some(_), None) => FormState::Fetched,
        (None, None) => FormState::Waiting,
    };
    Ok(FormRecord {
        id: row.get(0)?,
        sender: row.get(1)?,
        recipient: row.get(2)?,
        key: row.get(3)?,
        kind: row.get(4)?,
        state,
        sent: time(row.get(5)?).unwrap_or(Timestamp::UNIX_EPOCH),
        fetched,
        receipted,
    })
}
