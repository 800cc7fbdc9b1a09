//! Finding customers and persons.

use sqlx::{AssertSqlSafe, Row, query};

use super::database::Store;
use super::error::StoreError;

/// Which customers are looked for; an empty text looks for all.
#[derive(Debug, Clone, Default)]
pub struct CustomerQuery {
    /// Part of the name, or the whole business identifier or OID.
    pub text: String,
    /// Code of a kind.
    pub kind: String,
    /// Code of a service that they use.
    pub service: String,
    /// How many to pass over.
    pub skip: i64,
    /// Most of them.
    pub most: i64,
}

/// A customer in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerLine {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Code of its kind.
    pub kind: String,
    /// Business identifier; may be empty.
    pub business_id: String,
}

/// Most contacts of one person.
const MOST_CONTACTS: i64 = 200;

impl Store {
    /// The name of a customer.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn customer_name(&self, id: &str) -> Result<Option<String>, StoreError> {
        let row = query("SELECT name FROM customer WHERE id = $1").bind(id).fetch_optional(&self.pool).await?;
        row.map(|row| Ok(row.try_get(0)?)).transpose()
    }

    /// Customers by name.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn customers(&self, wanted: &CustomerQuery) -> Result<Vec<CustomerLine>, StoreError> {
        let mut conditions = vec!["1 = 1".to_owned()];
        let mut texts = Vec::new();
        let text = wanted.text.trim();
        if !text.is_empty() {
            texts.extend([containing(text), text.to_owned()]);
            conditions.push("(name_folded LIKE $1 ESCAPE '!' OR business_id = $2 OR organisation_oid = $2)".to_owned());
        }
        if !wanted.kind.is_empty() {
            texts.push(wanted.kind.clone());
            conditions.push(format!("customer_kind = ${}", texts.len()));
        }
        if !wanted.service.is_empty() {
            texts.push(wanted.service.clone());
            let place = texts.len();
            conditions
                .push(format!("id IN (SELECT customer FROM service_use WHERE service = ${place} AND ended = '')"));
        }
        let (conditions, place) = (conditions.join(" AND "), texts.len() + 1);
        let next = place + 1;
        let sql = format!(
            "SELECT id, name, customer_kind, business_id FROM customer WHERE {conditions} \
             ORDER BY name_folded, id LIMIT ${place} OFFSET ${next}"
        );
        let mut search = query(AssertSqlSafe(sql));
        for text in texts {
            search = search.bind(text);
        }
        let rows = search.bind(wanted.most).bind(wanted.skip).fetch_all(&self.pool).await?;
        let line = |row: &sqlx::any::AnyRow| -> Result<CustomerLine, sqlx::Error> {
            let text = |column: usize| row.try_get::<String, _>(column);
            Ok(CustomerLine { id: text(0)?, name: text(1)?, kind: text(2)?, business_id: text(3)? })
        };
        Ok(rows.iter().map(line).collect::<Result<_, _>>()?)
    }

    /// Customer and identifier of the contacts that a person is, by mail address, or by part of the name where
    /// `text` holds no `@`.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn contacts_of_person(&self, text: &str) -> Result<Vec<(String, String)>, StoreError> {
        let text = text.trim().to_lowercase();
        let (condition, value) = if text.contains('@') {
            ("email_folded = $1", text)
        } else {
            ("name_folded LIKE $1 ESCAPE '!'", containing(&text))
        };
        let sql = format!("SELECT customer, id FROM contact WHERE {condition} ORDER BY id LIMIT $2");
        let rows = query(AssertSqlSafe(sql)).bind(value).bind(MOST_CONTACTS).fetch_all(&self.pool).await?;
        Ok(rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect::<Result<_, sqlx::Error>>()?)
    }
}

/// A pattern for whatever holds `text`, in lower case.
pub(super) fn containing(text: &str) -> String {
    let text = text.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{text}%")
}
