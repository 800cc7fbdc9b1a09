//! Searching the access log.

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row, query};

use super::database::Store;
use super::error::StoreError;
use super::log::LogEntry;

/// What is looked for; an empty text looks for everything.
#[derive(Debug, Clone, Default)]
pub struct LogQuery {
    /// Sign-in name.
    pub login: String,
    /// Identifiers of a person's contacts; no list looks for everything.
    pub persons: Vec<String>,
    /// Identifier of a customer.
    pub customer: String,
    /// Entries before this number; 0 for the newest.
    pub before: i64,
    /// Most entries.
    pub most: i64,
}

/// An entry as it is stored.
#[derive(Debug, Clone)]
pub struct LogLine {
    /// Its number, from 1.
    pub number: i64,
    /// What was written down.
    pub entry: LogEntry,
    /// What binds it to the ones before.
    pub hash: String,
}

const COLUMNS: &str = "number, at, account, login, role, on_behalf, action, customer, outcome, detail, persons, hash";
/// Most contacts of one person that are searched at once.
const MOST_PERSONS: usize = 200;

impl Store {
    /// Entries of the access log, the newest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn search_log(&self, wanted: &LogQuery) -> Result<Vec<LogLine>, StoreError> {
        let mut conditions = vec!["number < $1".to_owned()];
        let mut texts = Vec::new();
        let mut equal = |column: &str, value: &str| {
            if !value.is_empty() {
                texts.push(value.to_owned());
                conditions.push(format!("{column} = ${}", texts.len() + 1));
            }
        };
        equal("login", &wanted.login);
        equal("customer", &wanted.customer);
        if !wanted.persons.is_empty() {
            let first = texts.len() + 2;
            texts.extend(wanted.persons.iter().take(MOST_PERSONS).cloned());
            let places: Vec<String> = (first..texts.len() + 2).map(|place| format!("${place}")).collect();
            let places = places.join(", ");
            conditions.push(format!("number IN (SELECT number FROM log_person WHERE person IN ({places}))"));
        }
        let sql = format!(
            "SELECT {COLUMNS} FROM log WHERE {} ORDER BY number DESC LIMIT ${}",
            conditions.join(" AND "),
            texts.len() + 2
        );
        let before = if wanted.before > 0 { wanted.before } else { i64::MAX };
        let mut search = query(AssertSqlSafe(sql)).bind(before);
        for text in texts {
            search = search.bind(text);
        }
        search.bind(wanted.most).fetch_all(&self.pool).await?.iter().map(line).collect()
    }

    /// All entries after `number`, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn log_lines_after(&self, number: i64) -> Result<Vec<LogLine>, StoreError> {
        self.log_after(number, i64::MAX).await
    }

    /// Entries after `number`, the oldest first.
    pub(super) async fn log_after(&self, number: i64, most: i64) -> Result<Vec<LogLine>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM log WHERE number > $1 ORDER BY number LIMIT $2");
        query(AssertSqlSafe(sql)).bind(number).bind(most).fetch_all(&self.pool).await?.iter().map(line).collect()
    }
}

fn line(row: &AnyRow) -> Result<LogLine, StoreError> {
    let text = |column: usize| row.try_get::<String, _>(column);
    Ok(LogLine {
        number: row.try_get(0)?,
        entry: LogEntry {
            at: row.try_get(1)?,
            account: text(2)?,
            login: text(3)?,
            role: text(4)?,
            on_behalf: text(5)?,
            action: text(6)?,
            customer: text(7)?,
            outcome: text(8)?,
            detail: text(9)?,
            persons: text(10)?.split_whitespace().map(str::to_owned).collect(),
        },
        hash: text(11)?,
    })
}
