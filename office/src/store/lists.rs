//! Distribution lists: contacts by role, service, kind of customer and target group.

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row, query};

use super::database::Store;
use super::error::StoreError;

/// Whom a list holds; an empty text holds all. Contacts for invoicing only are in no list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Code of a role.
    pub role: String,
    /// Code of a service that the customer uses now.
    pub service: String,
    /// Code of a kind of customer.
    pub customer_kind: String,
    /// The customer's target group.
    pub target_group: String,
}

/// Someone on a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Identifier of the contact.
    pub contact: String,
    /// Identifier of the customer.
    pub customer: String,
    /// Name of the customer.
    pub customer_name: String,
    /// The customer's language of contact.
    pub language: String,
    /// Name of the contact.
    pub name: String,
    /// Roles of the contact, between spaces.
    pub roles: String,
    /// Mail address.
    pub email: String,
    /// Telephone number.
    pub telephone: String,
}

const COLUMNS: &str = "c.id, c.customer, k.name, k.language, c.name, c.contact_roles, c.email, c.telephone";
/// Most contacts of a list.
const MOST: i64 = 60_000;

impl Store {
    /// Contacts with a valid mail address that the list holds, by customer.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn distribution_list(&self, wanted: &ListQuery) -> Result<Vec<Listed>, StoreError> {
        let mut conditions = vec![
            "c.email <> ''".to_owned(),
            "c.email_invalid_since = ''".to_owned(),
            "c.contact_roles <> ' invoicing '".to_owned(),
        ];
        let mut texts = Vec::new();
        let mut add = |value: &str, text: String, condition: &str| {
            if !value.is_empty() {
                texts.push(text);
                conditions.push(condition.replace('?', &format!("${}", texts.len())));
            }
        };
        add(&wanted.role, format!("% {} %", wanted.role), "c.contact_roles LIKE ?");
        let uses = "c.customer IN (SELECT customer FROM service_use WHERE service = ? AND ended = '')";
        add(&wanted.service, wanted.service.clone(), uses);
        add(&wanted.customer_kind, wanted.customer_kind.clone(), "k.customer_kind = ?");
        add(&wanted.target_group, wanted.target_group.clone(), "k.target_group = ?");
        let conditions = conditions.join(" AND ");
        self.listed(&conditions, texts).await
    }

    /// Contacts for invoicing.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn invoicing_contacts(&self) -> Result<Vec<Listed>, StoreError> {
        self.listed("c.contact_roles LIKE $1", vec!["% invoicing %".to_owned()]).await
    }

    async fn listed(&self, conditions: &str, texts: Vec<String>) -> Result<Vec<Listed>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM contact c JOIN customer k ON k.id = c.customer WHERE {conditions} \
             ORDER BY k.name_folded, c.id LIMIT {MOST}"
        );
        let mut search = query(AssertSqlSafe(sql));
        for text in texts {
            search = search.bind(text);
        }
        Ok(search.fetch_all(&self.pool).await?.iter().map(listed).collect::<Result<_, _>>()?)
    }
}

fn listed(row: &AnyRow) -> Result<Listed, sqlx::Error> {
    let text = |column: usize| row.try_get::<String, _>(column);
    Ok(Listed {
        contact: text(0)?,
        customer: text(1)?,
        customer_name: text(2)?,
        language: text(3)?,
        name: text(4)?,
        roles: text(5)?,
        email: text(6)?,
        telephone: text(7)?,
    })
}
