//! Records of customers, whatever their kind, and the origin of each of their data.

use std::collections::BTreeMap;

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row, query};

use super::database::Store;
use super::error::StoreError;
use super::writing::Write;
use crate::access::new_id;
use crate::register::{Origin, Record, RecordKind, Values};

/// Most records of one kind that one customer has.
const MOST: i64 = 5000;

/// By whom, how and when data are written.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// Sign-in name of the one who writes.
    pub by: &'a str,
    /// Code of the way by which the data came.
    pub origin: &'a str,
    /// Milliseconds.
    pub at: i64,
}

impl Store {
    /// The customer's records of `kind`, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn records(&self, kind: &'static RecordKind, customer: &str) -> Result<Vec<Record>, StoreError> {
        let sql = format!("SELECT {} FROM {} WHERE customer = $1 ORDER BY id LIMIT $2", columns(kind), kind.table);
        let rows = query(AssertSqlSafe(sql)).bind(customer).bind(MOST).fetch_all(&self.pool).await?;
        rows.iter().map(|row| record(kind, row)).collect()
    }

    /// The customer's record of `kind` with this identifier.
    ///
    /// # Errors
    /// `Missing`, also where it is another customer's.
    pub async fn record(&self, kind: &'static RecordKind, customer: &str, id: &str) -> Result<Record, StoreError> {
        let sql = format!("SELECT {} FROM {} WHERE customer = $1 AND id = $2", columns(kind), kind.table);
        let row = query(AssertSqlSafe(sql)).bind(customer).bind(id).fetch_optional(&self.pool).await?;
        record(kind, &row.ok_or(StoreError::Missing)?)
    }

    /// All customers' records of `kind` whose `field` is `value`; all of them where `field` is empty.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn all_records(
        &self,
        kind: &'static RecordKind,
        field: &'static str,
        value: &str,
    ) -> Result<Vec<Record>, StoreError> {
        let condition = if field.is_empty() { "$1 = $1".to_owned() } else { format!("{field} = $1") };
        let sql = format!("SELECT {} FROM {} WHERE {condition} ORDER BY id", columns(kind), kind.table);
        let rows = query(AssertSqlSafe(sql)).bind(value).fetch_all(&self.pool).await?;
        rows.iter().map(|row| record(kind, row)).collect()
    }

    /// Where the data of a record came from, by field.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn origins(&self, record: &str) -> Result<BTreeMap<String, Origin>, StoreError> {
        let sql = "SELECT field, origin, changed_by, changed_at FROM datum WHERE record = $1";
        let rows = query(sql).bind(record).fetch_all(&self.pool).await?;
        let origin = |row: &AnyRow| -> Result<(String, Origin), sqlx::Error> {
            let origin = Origin { origin: row.try_get(1)?, changed_by: row.try_get(2)?, changed_at: row.try_get(3)? };
            Ok((row.try_get(0)?, origin))
        };
        Ok(rows.iter().map(origin).collect::<Result<_, _>>()?)
    }
}

impl Write {
    /// Adds a record with checked values; its identifier. A record of kind `customer` is its own customer.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn add_record(
        &mut self,
        kind: &RecordKind,
        customer: &str,
        values: &Values,
        change: Change<'_>,
    ) -> Result<String, StoreError> {
        let id = new_id(change.at);
        let customer = if customer.is_empty() { id.as_str() } else { customer };
        let columns = written_columns(kind);
        let places: Vec<String> = (5..5 + columns.len()).map(|place| format!("${place}")).collect();
        let sql = format!(
            "INSERT INTO {} (id, customer, version, created_at, changed_at, {}) VALUES ($1, $2, $3, $4, $4, {})",
            kind.table,
            columns.join(", "),
            places.join(", ")
        );
        let mut insert = query(AssertSqlSafe(sql)).bind(&id).bind(customer).bind(1_i64).bind(change.at);
        for value in written_values(kind, values) {
            insert = insert.bind(value);
        }
        insert.execute(self.connection()).await?;
        for field in kind.fields.iter().filter(|field| values.get(field.name).is_some_and(|value| !value.is_empty())) {
            self.note_origin(&id, field.name, change).await?;
        }
        Ok(id)
    }

    /// Gives a record other checked values; the names of the fields that changed.
    ///
    /// # Errors
    /// `Changed` when its version is no longer that of `before`.
    pub async fn change_record(
        &mut self,
        before: &Record,
        values: &Values,
        change: Change<'_>,
    ) -> Result<Vec<&'static str>, StoreError> {
        let kind = before.kind;
        let is_other = |name: &str| before.text(name) != values.get(name).map_or("", String::as_str);
        let changed: Vec<&str> = kind.fields.iter().map(|field| field.name).filter(|name| is_other(name)).collect();
        let columns = written_columns(kind).into_iter().zip(5..);
        let columns: Vec<String> = columns.map(|(column, place)| format!("{column} = ${place}")).collect();
        let sql = format!(
            "UPDATE {} SET version = version + 1, changed_at = $1, {} WHERE id = $2 AND customer = $3 AND version = $4",
            kind.table,
            columns.join(", ")
        );
        let update = query(AssertSqlSafe(sql)).bind(change.at).bind(&before.id).bind(&before.customer);
        let mut update = update.bind(before.version);
        for value in written_values(kind, values) {
            update = update.bind(value);
        }
        if update.execute(self.connection()).await?.rows_affected() != 1 {
            return Err(StoreError::Changed);
        }
        for field in &changed {
            self.note_origin(&before.id, field, change).await?;
        }
        Ok(changed)
    }

    /// Removes a record and what is known of its data's origin.
    ///
    /// # Errors
    /// `Missing`.
    pub async fn remove_record(&mut self, kind: &RecordKind, customer: &str, id: &str) -> Result<(), StoreError> {
        let sql = format!("DELETE FROM {} WHERE id = $1 AND customer = $2", kind.table);
        let done = query(AssertSqlSafe(sql)).bind(id).bind(customer).execute(self.connection()).await?;
        if done.rows_affected() != 1 {
            return Err(StoreError::Missing);
        }
        query("DELETE FROM datum WHERE record = $1").bind(id).execute(self.connection()).await?;
        Ok(())
    }

    async fn note_origin(&mut self, record: &str, field: &str, change: Change<'_>) -> Result<(), StoreError> {
        let sql = "INSERT INTO datum (record, field, origin, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (record, field) DO UPDATE SET origin = excluded.origin, \
                   changed_by = excluded.changed_by, changed_at = excluded.changed_at";
        let insert = query(sql).bind(record).bind(field).bind(change.origin).bind(change.by).bind(change.at);
        insert.execute(self.connection()).await?;
        Ok(())
    }
}

fn columns(kind: &RecordKind) -> String {
    let fields = kind.fields.iter().map(|field| field.name);
    ["id", "customer", "version", "created_at", "changed_at"].into_iter().chain(fields).collect::<Vec<_>>().join(", ")
}

fn written_columns(kind: &RecordKind) -> Vec<String> {
    let fields = kind.fields.iter().map(|field| field.name.to_owned());
    fields.chain(kind.searched.iter().map(|name| format!("{name}_folded"))).collect()
}

fn written_values(kind: &RecordKind, values: &Values) -> Vec<String> {
    let of = |name: &str| values.get(name).cloned().unwrap_or_default();
    let fields = kind.fields.iter().map(|field| of(field.name));
    fields.chain(kind.searched.iter().map(|name| of(name).to_lowercase())).collect()
}

fn record(kind: &'static RecordKind, row: &AnyRow) -> Result<Record, StoreError> {
    let mut values = Values::new();
    for (field, column) in kind.fields.iter().zip(5..) {
        let column: usize = column;
        values.insert(field.name.to_owned(), row.try_get(column)?);
    }
    Ok(Record {
        kind,
        id: row.try_get(0)?,
        customer: row.try_get(1)?,
        version: row.try_get(2)?,
        created_at: row.try_get(3)?,
        changed_at: row.try_get(4)?,
        values,
    })
}
