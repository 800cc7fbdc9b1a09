//! Files of records.

use sqlx::any::AnyRow;
use sqlx::{Row, query};

use super::database::Store;
use super::error::StoreError;
use super::writing::Write;
use crate::access::{digest, new_id};

/// A file of a record, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Identifier; empty before it is kept.
    pub id: String,
    /// Identifier of the customer.
    pub customer: String,
    /// Identifier of the record.
    pub record: String,
    /// Its name.
    pub file_name: String,
    /// SHA-256 of its bytes.
    pub digest: String,
    /// Sign-in name of the one who gave it.
    pub made_by: String,
    /// When, in milliseconds.
    pub made_at: i64,
}

impl Store {
    /// The files of a record, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn attachments(&self, customer: &str, record: &str) -> Result<Vec<Attachment>, StoreError> {
        let sql = "SELECT id, customer, record, file_name, digest, made_by, made_at FROM attachment \
                   WHERE customer = $1 AND record = $2 ORDER BY id LIMIT 200";
        let rows = query(sql).bind(customer).bind(record).fetch_all(&self.pool).await?;
        Ok(rows.iter().map(attachment).collect::<Result<_, _>>()?)
    }

    /// One file of a record, with its bytes.
    ///
    /// # Errors
    /// `Missing`, also where it is another record's.
    pub async fn attached(&self, customer: &str, record: &str, id: &str) -> Result<(Attachment, Vec<u8>), StoreError> {
        let sql = "SELECT id, customer, record, file_name, digest, made_by, made_at, content FROM attachment \
                   WHERE customer = $1 AND record = $2 AND id = $3";
        let row = query(sql).bind(customer).bind(record).bind(id).fetch_optional(&self.pool).await?;
        let row = row.ok_or(StoreError::Missing)?;
        Ok((attachment(&row)?, row.try_get(7)?))
    }
}

impl Write {
    /// Keeps a file; its identifier.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn attach(&mut self, file: &Attachment, content: Vec<u8>) -> Result<String, StoreError> {
        let id = new_id(file.made_at);
        let sql = "INSERT INTO attachment (id, customer, record, file_name, digest, content, made_by, made_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let insert = query(sql).bind(&id).bind(&file.customer).bind(&file.record).bind(&file.file_name);
        let insert = insert.bind(digest(&content)).bind(content).bind(&file.made_by).bind(file.made_at);
        insert.execute(self.connection()).await?;
        Ok(id)
    }
}

fn attachment(row: &AnyRow) -> Result<Attachment, sqlx::Error> {
    let text = |column: usize| row.try_get::<String, _>(column);
    Ok(Attachment {
        id: text(0)?,
        customer: text(1)?,
        record: text(2)?,
        file_name: text(3)?,
        digest: text(4)?,
        made_by: text(5)?,
        made_at: row.try_get(6)?,
    })
}
