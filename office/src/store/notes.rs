//! Single values that the office remembers, by name.

use sqlx::{Row, query};

use super::database::Store;
use super::error::StoreError;
use super::writing::Write;

impl Store {
    /// The value of `name`; empty where none was remembered.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn remembered(&self, name: &str) -> Result<String, StoreError> {
        let row = query("SELECT value FROM setting WHERE name = $1").bind(name).fetch_optional(&self.pool).await?;
        row.map_or_else(|| Ok(String::new()), |row| Ok(row.try_get(0)?))
    }
}

impl Write {
    /// Remembers `value` as `name`.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn remember(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        query(
            "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .bind(name)
        .bind(value)
        .execute(self.connection())
        .await?;
        Ok(())
    }
}
