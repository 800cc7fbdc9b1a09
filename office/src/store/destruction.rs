//! Planning and carrying out the destruction of what is no longer kept.

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row, query};

use super::database::Store;
use super::error::StoreError;
use super::writing::Write;
use crate::register::{CONTACT_DATA, Doomed, Kept, RetentionRule, kind_of};

/// What will be destroyed, and on which day (`2026-11-30`) that was planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// What.
    pub doomed: Doomed,
    /// When it was planned.
    pub planned_on: String,
}

impl Store {
    /// Identifiers of the customers of whom something may be due.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn customers_with_ends(&self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT customer FROM service_use WHERE ended <> '' \
                   UNION SELECT customer FROM application WHERE application_state IN ('unfinished', 'withdrawn') \
                   UNION SELECT customer FROM contact WHERE email_invalid_since <> '' ORDER BY 1";
        let rows = query(sql).fetch_all(&self.pool).await?;
        Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
    }

    /// What of a customer the rules of retention look at.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn kept(&self, customer: &str) -> Result<Kept, StoreError> {
        let mut kept = Kept::default();
        for code in ["service-use", "application"].into_iter().chain(CONTACT_DATA) {
            let kind = kind_of(code).ok_or(StoreError::Missing)?;
            let records = self.records(kind, customer).await?;
            match code {
                "service-use" => kept.uses = records,
                "application" => kept.applications = records,
                _ => kept.contact_data.extend(records),
            }
        }
        Ok(kept)
    }

    /// What is planned, by the day on which it is due.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn planned(&self) -> Result<Vec<Planned>, StoreError> {
        let sql =
            "SELECT record, record_kind, customer, rule, due, planned_on FROM planned_destruction ORDER BY due, record";
        query(sql).fetch_all(&self.pool).await?.iter().map(planned).collect()
    }

    /// The nights in which the job was done, the newest first: day, how much was destroyed, how much planned.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn nights(&self) -> Result<Vec<(String, i64, i64)>, StoreError> {
        let sql = "SELECT day, destroyed, planned FROM nightly_job ORDER BY day DESC LIMIT 30";
        let rows = query(sql).fetch_all(&self.pool).await?;
        let night = |row: &AnyRow| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?));
        Ok(rows.iter().map(night).collect::<Result<_, sqlx::Error>>()?)
    }
}

impl Write {
    /// Takes the night of `day`; false where another instance, or this one, has done it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn take_night(&mut self, day: &str, now: i64) -> Result<bool, StoreError> {
        let sql =
            "INSERT INTO nightly_job (day, done_at, destroyed, planned) VALUES ($1, $2, 0, 0) ON CONFLICT DO NOTHING";
        let done = query(sql).bind(day).bind(now).execute(self.connection()).await?;
        Ok(done.rows_affected() == 1)
    }

    /// Notes what the night of `day` did.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn note_night(&mut self, day: &str, destroyed: usize, planned: usize) -> Result<(), StoreError> {
        let [destroyed, planned] = [destroyed, planned].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
        let sql = "UPDATE nightly_job SET destroyed = $1, planned = $2 WHERE day = $3";
        query(sql).bind(destroyed).bind(planned).bind(day).execute(self.connection()).await?;
        Ok(())
    }

    /// Plans a destruction; what was planned already keeps its day.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn plan_destruction(&mut self, doomed: &Doomed, day: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO planned_destruction (record, record_kind, customer, rule, due, planned_on) \
                   VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        let insert = query(sql).bind(&doomed.record).bind(&doomed.kind).bind(&doomed.customer);
        let insert = insert.bind(doomed.rule.code()).bind(doomed.due.to_string()).bind(day);
        insert.execute(self.connection()).await?;
        Ok(())
    }

    /// Takes a destruction off the plan.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn unplan(&mut self, record: &str) -> Result<(), StoreError> {
        query("DELETE FROM planned_destruction WHERE record = $1").bind(record).execute(self.connection()).await?;
        Ok(())
    }

    /// Destroys it; whether it was still there.
    ///
    /// # Errors
    /// `Unavailable`, `Damaged` when there is no such kind.
    pub async fn destroy(&mut self, doomed: &Doomed) -> Result<bool, StoreError> {
        let kind = kind_of(&doomed.kind);
        let kind = kind.ok_or_else(|| StoreError::Damaged(format!("there is no kind {:?}", doomed.kind)))?;
        let whole = doomed.rule != RetentionRule::EmailInvalid;
        let sql = if whole {
            format!("DELETE FROM {} WHERE id = $1 AND customer = $2", kind.table)
        } else {
            "UPDATE contact SET email = '', email_folded = '', email_invalid_since = '', version = version + 1 \
             WHERE id = $1 AND customer = $2"
                .to_owned()
        };
        let delete = query(AssertSqlSafe(sql)).bind(&doomed.record).bind(&doomed.customer);
        let was_there = delete.execute(self.connection()).await?.rows_affected() > 0;
        let sql = if whole {
            "DELETE FROM datum WHERE record = $1"
        } else {
            "DELETE FROM datum WHERE record = $1 AND field IN ('email', 'email_invalid_since')"
        };
        query(sql).bind(&doomed.record).execute(self.connection()).await?;
        let sql = "UPDATE message_recipient SET email = '' WHERE contact = $1";
        query(sql).bind(&doomed.record).execute(self.connection()).await?;
        self.unplan(&doomed.record).await?;
        Ok(was_there)
    }
}

fn planned(row: &AnyRow) -> Result<Planned, StoreError> {
    let text = |column: usize| row.try_get::<String, _>(column);
    let rule = text(3)?;
    let damaged = |what: &str| StoreError::Damaged(format!("a planned destruction has the {what}"));
    Ok(Planned {
        doomed: Doomed {
            record: text(0)?,
            kind: text(1)?,
            customer: text(2)?,
            rule: RetentionRule::of(&rule).ok_or_else(|| damaged("unknown rule"))?,
            due: text(4)?.parse().map_err(|_| damaged("date"))?,
        },
        planned_on: text(5)?,
    })
}
