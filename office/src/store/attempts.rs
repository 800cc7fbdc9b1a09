//! Counts failed attempts by what they were made on, over all instances.

use sqlx::{Row, query};

use super::database::Store;
use super::error::StoreError;
use super::writing::Write;
use crate::access::new_id;

impl Store {
    /// How many attempts failed on `source` since `since`.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn failed_attempts(&self, source: &str, since: i64) -> Result<i64, StoreError> {
        let sql = "SELECT COUNT(*) FROM attempt WHERE source = $1 AND at > $2";
        Ok(query(sql).bind(source).bind(since).fetch_one(&self.pool).await?.try_get(0)?)
    }
}

impl Write {
    /// Notes a failed attempt on `source`.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn note_attempt(&mut self, source: &str, now: i64) -> Result<(), StoreError> {
        let sql = "INSERT INTO attempt (source, at, id) VALUES ($1, $2, $3)";
        query(sql).bind(source).bind(now).bind(new_id(now)).execute(self.connection()).await?;
        Ok(())
    }

    /// Forgets the failed attempts on `source`, after a good one.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn forget_attempts(&mut self, source: &str) -> Result<(), StoreError> {
        query("DELETE FROM attempt WHERE source = $1").bind(source).execute(self.connection()).await?;
        Ok(())
    }
}
