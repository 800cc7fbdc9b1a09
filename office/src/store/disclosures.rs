//! Contact data that were given to another authority.

use sqlx::{Row, query};

use super::database::Store;
use super::error::StoreError;
use super::writing::Write;
use crate::access::new_id;

/// What was given to whom, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// The authority.
    pub authority: String,
    /// Why it needs them for the use of the customers' Kanta services.
    pub reason: String,
    /// Which contacts were chosen.
    pub selection: String,
    /// How many there were.
    pub contacts: i64,
    /// SHA-256 of the file.
    pub file_digest: String,
    /// Sign-in name of the one who gave them.
    pub made_by: String,
    /// When, in milliseconds.
    pub made_at: i64,
}

impl Store {
    /// Disclosures, the newest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn disclosures(&self) -> Result<Vec<Disclosure>, StoreError> {
        let sql = "SELECT authority, reason, selection, contacts, file_digest, made_by, made_at FROM disclosure \
                   ORDER BY id DESC LIMIT 500";
        let rows = query(sql).fetch_all(&self.pool).await?;
        let disclosure = |row: &sqlx::any::AnyRow| -> Result<Disclosure, sqlx::Error> {
            let text = |column: usize| row.try_get::<String, _>(column);
            let [authority, reason, selection] = [text(0)?, text(1)?, text(2)?];
            let [contacts, made_at] = [row.try_get(3)?, row.try_get(6)?];
            Ok(Disclosure { authority, reason, selection, contacts, file_digest: text(4)?, made_by: text(5)?, made_at })
        };
        Ok(rows.iter().map(disclosure).collect::<Result<_, _>>()?)
    }
}

impl Write {
    /// Records a disclosure.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn record_disclosure(&mut self, disclosure: &Disclosure) -> Result<(), StoreError> {
        let sql = "INSERT INTO disclosure (id, authority, reason, selection, contacts, file_digest, made_by, made_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let insert = query(sql).bind(new_id(disclosure.made_at)).bind(&disclosure.authority).bind(&disclosure.reason);
        let insert = insert.bind(&disclosure.selection).bind(disclosure.contacts).bind(&disclosure.file_digest);
        insert.bind(&disclosure.made_by).bind(disclosure.made_at).execute(self.connection()).await?;
        Ok(())
    }
}
