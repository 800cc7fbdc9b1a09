//! The log of disclosures through the archive (luovutusloki): Kanta writes it by itself.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use rusqlite::{Connection, Row, params};
use serde::Serialize;

use super::store::{Archive, ArchiveError};
use crate::evidence::LoggedDisclosure;

/// What of the log is asked for: the part of one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisclosureQuery {
    /// The organisation: entries of its own data, and of what it received.
    pub organisation: String,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Up to this moment.
    pub until: Option<Timestamp>,
    /// Entries behind this number.
    pub after: i64,
    /// At most so many.
    pub most: usize,
}

/// That entries were removed since their time was over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LogRemoval {
    pub at: Timestamp,
    /// They were made at this moment or before.
    pub made_until: Timestamp,
    pub entries: usize,
}

impl Archive {
    /// The entries that `query` asks for, the oldest first.
    pub(in crate::kanta) fn disclosures(&self, query: &DisclosureQuery) -> Result<Vec<LoggedDisclosure>, ArchiveError> {
        let connection = self.lock();
        let sql = "SELECT number, at, controller, recipient, unit, user, clients, situation, ground, with_content, \
                   documents, request, exchange FROM disclosures WHERE number > ?1 AND ?2 IN (controller, recipient) \
                   AND at >= ?3 AND at <= ?4 ORDER BY number LIMIT ?5";
        let from = query.from.map_or(i64::MIN, Timestamp::as_microsecond);
        let until = query.until.map_or(i64::MAX, Timestamp::as_microsecond);
        let most = i64::try_from(query.most).unwrap_or(i64::MAX);
        let values = params![query.after, query.organisation, from, until, most];
        let mut statement = connection.prepare_cached(sql)?;
        Ok(statement.query_map(values, disclosure_of)?.collect::<Result<_, _>>()?)
    }

    /// Entries about `persons`.
    pub(in crate::kanta) fn disclosures_of(&self, persons: &[String]) -> Result<Vec<LoggedDisclosure>, ArchiveError> {
        let connection = self.lock();
        let sql = "SELECT number, at, controller, recipient, unit, user, clients, situation, ground, with_content, \
                   documents, request, exchange FROM disclosures WHERE number IN \
                   (SELECT disclosure FROM disclosure_clients WHERE person = ?1) ORDER BY number";
        let mut statement = connection.prepare_cached(sql)?;
        let mut all = Vec::new();
        for person in persons {
            all.extend(statement.query_map([person], disclosure_of)?.collect::<Result<Vec<_>, _>>()?);
        }
        Ok(all)
    }

    /// Removes the entries that are `years` old or older at `now`, and notes how many they were.
    pub(in crate::kanta) fn expire_disclosures(&self, now: Timestamp, years: i32) -> Result<(), ArchiveError> {
        let Ok(made_until) = now.to_zoned(TimeZone::UTC).checked_sub(years.years()) else { return Ok(()) };
        let made_until = made_until.timestamp();
        let old = [made_until.as_microsecond()];
        self.atomically(&[], |connection| {
            let sql =
                "DELETE FROM disclosure_clients WHERE disclosure IN (SELECT number FROM disclosures WHERE at <= ?1)";
            connection.prepare_cached(sql)?.execute(old)?;
            let entries = connection.prepare_cached("DELETE FROM disclosures WHERE at <= ?1")?.execute(old)?;
            if entries > 0 {
                let sql = "INSERT INTO disclosure_removals (at, made_until, entries) VALUES (?1, ?2, ?3)";
                let entries = i64::try_from(entries).unwrap_or(i64::MAX);
                let values = params![now.as_microsecond(), made_until.as_microsecond(), entries];
                connection.prepare_cached(sql)?.execute(values)?;
            }
            Ok(())
        })
    }

    /// What was removed so far.
    pub(in crate::kanta) fn disclosure_removals(&self) -> Result<Vec<LogRemoval>, ArchiveError> {
        let connection = self.lock();
        let sql = "SELECT at, made_until, entries FROM disclosure_removals ORDER BY rowid";
        let mut statement = connection.prepare_cached(sql)?;
        let removal = |row: &Row<'_>| {
            let entries: i64 = row.get(2)?;
            let entries = usize::try_from(entries).unwrap_or_default();
            Ok(LogRemoval { at: moment(row, 0)?, made_until: moment(row, 1)?, entries })
        };
        Ok(statement.query_map([], removal)?.collect::<Result<_, _>>()?)
    }
}

pub(super) fn insert(connection: &Connection, list: &[LoggedDisclosure]) -> Result<(), ArchiveError> {
    let sql = "INSERT INTO disclosures (at, controller, recipient, unit, user, clients, situation, ground, \
               with_content, documents, request, exchange) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    let mut statement = connection.prepare_cached(sql)?;
    let mut client =
        connection.prepare_cached("INSERT OR IGNORE INTO disclosure_clients (person, disclosure) VALUES (?1, ?2)")?;
    for one in list {
        statement.execute(params![
            one.at.as_microsecond(),
            one.controller,
            one.recipient,
            one.unit,
            one.user,
            one.clients.join(" "),
            one.situation,
            one.ground,
            one.with_content,
            one.documents.join(" "),
            one.request,
            i64::try_from(one.exchange).unwrap_or(i64::MAX),
        ])?;
        let number = connection.last_insert_rowid();
        for person in &one.clients {
            client.execute(params![person, number])?;
        }
    }
    Ok(())
}

fn disclosure_of(row: &Row<'_>) -> rusqlite::Result<LoggedDisclosure> {
    let list = |text: String| text.split_whitespace().map(str::to_owned).collect();
    let exchange: i64 = row.get(12)?;
    Ok(LoggedDisclosure {
        number: row.get(0)?,
        at: moment(row, 1)?,
        controller: row.get(2)?,
        recipient: row.get(3)?,
        unit: row.get(4)?,
        user: row.get(5)?,
        clients: list(row.get(6)?),
        situation: row.get(7)?,
        ground: row.get(8)?,
        with_content: row.get(9)?,
        documents: list(row.get(10)?),
        request: row.get(11)?,
        exchange: u64::try_from(exchange).unwrap_or_default(),
    })
}

/// The moment in microseconds of the Unix epoch in a column.
fn moment(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    let microseconds: i64 = row.get(column)?;
    Ok(Timestamp::from_microsecond(microseconds).unwrap_or(Timestamp::UNIX_EPOCH))
}
