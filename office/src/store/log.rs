//! The access log: who read or changed what, each entry bound to the one before by SHA-256.

use serde::Serialize;
use sqlx::{Row, query};

use super::database::Store;
use super::error::StoreError;
use super::writing::Write;
use crate::access::digest;

const FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";
const BATCH: i64 = 5000;

/// What is written down of one act.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LogEntry {
    /// When, in milliseconds.
    pub at: i64,
    /// Identifier of the account; empty for nobody.
    pub account: String,
    /// Its sign-in name, or what was given as such.
    pub login: String,
    /// Code of the role in use.
    pub role: String,
    /// Identifier of the customer for whom the role is held.
    pub on_behalf: String,
    /// What was done: method and path of the route, or the name of a job.
    pub action: String,
    /// Identifier of the customer whose data it was about.
    pub customer: String,
    /// `done`, `denied`, or why it was refused.
    pub outcome: String,
    /// What else matters: names of the fields that changed, a reason, a number. Never the data itself.
    pub detail: String,
    /// Identifiers of the contacts whose data were seen or changed.
    pub persons: Vec<String>,
}

impl LogEntry {
    /// The hash that binds it as entry `number` to the one before.
    pub(super) fn hash(&self, number: i64, previous: &str) -> String {
        let content = serde_json::to_string(self).expect("texts and numbers are always written");
        digest(format!("{previous}\n{number}\n{content}").as_bytes())
    }
}

impl Write {
    /// Appends `entry` as part of this change; its number.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn note(&mut self, entry: &LogEntry) -> Result<i64, StoreError> {
        let head = query("UPDATE log_head SET number = number + 1 WHERE id = 1 RETURNING number, hash")
            .fetch_one(self.connection())
            .await?;
        let (number, previous): (i64, String) = (head.try_get(0)?, head.try_get(1)?);
        let hash = entry.hash(number, &previous);
        query(
            "INSERT INTO log (number, at, account, login, role, on_behalf, action, customer, outcome, detail, persons, \
             hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(number)
        .bind(entry.at)
        .bind(&entry.account)
        .bind(&entry.login)
        .bind(&entry.role)
        .bind(&entry.on_behalf)
        .bind(&entry.action)
        .bind(&entry.customer)
        .bind(&entry.outcome)
        .bind(&entry.detail)
        .bind(entry.persons.join(" "))
        .bind(&hash)
        .execute(self.connection())
        .await?;
        for person in &entry.persons {
            query("INSERT INTO log_person (person, number) VALUES ($1, $2) ON CONFLICT DO NOTHING")
                .bind(person)
                .bind(number)
                .execute(self.connection())
                .await?;
        }
        query("UPDATE log_head SET hash = $1 WHERE id = 1").bind(&hash).execute(self.connection()).await?;
        Ok(number)
    }
}

impl Store {
    /// Appends `entry` as a change of its own.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn note(&self, entry: &LogEntry) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        write.note(entry).await?;
        write.commit().await
    }

    /// Checks the whole chain; how many entries it has, and the hash of the last, which binds them all.
    ///
    /// # Errors
    /// `Damaged` with the number of the first entry that is not as it was written.
    pub async fn verify_log(&self) -> Result<(i64, String), StoreError> {
        let damaged = |what: String| StoreError::Damaged(what);
        // Entries that are written while the chain is walked are younger than this head.
        let head = query("SELECT number, hash FROM log_head WHERE id = 1").fetch_one(&self.pool).await?;
        let (last, head): (i64, String) = (head.try_get(0)?, head.try_get(1)?);
        let (mut number, mut previous) = (0_i64, FIRST.to_owned());
        loop {
            let lines = self.log_after(number, BATCH).await?;
            if lines.is_empty() {
                break;
            }
            for line in lines {
                number += 1;
                previous = line.entry.hash(number, &previous);
                if line.number != number || line.hash != previous || (number == last && previous != head) {
                    return Err(damaged(format!("entry {number} of the access log is not as it was written")));
                }
            }
        }
        if number < last {
            return Err(damaged(format!("the access log ends with entry {number} and should end with {last}")));
        }
        Ok((number, previous))
    }
}
