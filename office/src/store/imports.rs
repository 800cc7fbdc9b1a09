//! Files of national registers that wait to be taken over.

use sqlx::{Row, query};

use super::database::Store;
use super::error::StoreError;
use super::writing::Write;
use crate::access::new_id;

/// A file that waits.
#[derive(Debug, Clone)]
pub struct Import {
    /// Identifier; empty before it is kept.
    pub id: String,
    /// Code of the register.
    pub source: String,
    /// Name of the file.
    pub file_name: String,
    /// Its bytes.
    pub content: Vec<u8>,
    /// Sign-in name of the one who gave it.
    pub made_by: String,
    /// When, in milliseconds.
    pub made_at: i64,
}

impl Store {
    /// The file with this identifier.
    ///
    /// # Errors
    /// `Missing`.
    pub async fn import(&self, id: &str) -> Result<Import, StoreError> {
        let sql = "SELECT id, source, file_name, content, made_by, made_at FROM import WHERE id = $1";
        let row = query(sql).bind(id).fetch_optional(&self.pool).await?.ok_or(StoreError::Missing)?;
        Ok(Import {
            id: row.try_get(0)?,
            source: row.try_get(1)?,
            file_name: row.try_get(2)?,
            content: row.try_get(3)?,
            made_by: row.try_get(4)?,
            made_at: row.try_get(5)?,
        })
    }

    /// Identifier and name of the files that wait, the newest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn waiting_imports(&self) -> Result<Vec<(String, String)>, StoreError> {
        let rows = query("SELECT id, file_name FROM import ORDER BY id DESC LIMIT 100").fetch_all(&self.pool).await?;
        Ok(rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect::<Result<_, sqlx::Error>>()?)
    }
}

impl Write {
    /// Keeps a file; its identifier.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn keep_import(&mut self, import: &Import) -> Result<String, StoreError> {
        let id = new_id(import.made_at);
        let sql =
            "INSERT INTO import (id, source, file_name, content, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6)";
        let insert = query(sql).bind(&id).bind(&import.source).bind(&import.file_name).bind(import.content.clone());
        insert.bind(&import.made_by).bind(import.made_at).execute(self.connection()).await?;
        Ok(id)
    }

    /// Drops a file, whether it was taken over or not.
    ///
    /// # Errors
    /// `Changed` when somebody else did.
    pub async fn drop_import(&mut self, id: &str) -> Result<(), StoreError> {
        let done = query("DELETE FROM import WHERE id = $1").bind(id).execute(self.connection()).await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Changed) }
    }
}
