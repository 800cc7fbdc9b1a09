//! The log of disclosures as an organisation's data-protection officer asks for it: over HTTP, or from the
//! folder of an endpoint.

use std::path::Path;

use axum::extract::Query;
use axum::http::StatusCode;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::archive::{Archive, ArchiveError};
use super::core::Core;
use super::exchange::{Arrival, ExchangeRecord, Handled, Reply, RequestProblem, ServiceAnswer};
use super::service::Service;
use super::{Clock, DisclosureQuery, LogRemoval};
use crate::domain::{FindingCode, RefusalGround, ServiceGround};
use crate::evidence::{LoggedDisclosure, RequestKind, ServiceTag};
use crate::profile::DisclosureLogRules;

const JSON_LINES: &str = "application/x-ndjson; charset=utf-8";

/// Parameters of a request.
#[derive(Debug, Default, Deserialize)]
struct LogParameters {
    controller: Option<String>,
    from: Option<String>,
    until: Option<String>,
    #[serde(default)]
    after: i64,
    limit: Option<usize>,
}

/// Gives the caller the part of the log that is its own.
pub(super) struct DisclosureLogService;

impl Service for DisclosureLogService {
    fn tag(&self) -> ServiceTag {
        ServiceTag::new("disclosure-log", RequestKind::Call)
    }

    fn paths(&self) -> &'static [&'static str] {
        &["/disclosure-log"]
    }

    /// A body asks for nothing here, so that it does not matter whether it was read.
    fn refuse(&self, core: &Core, arrival: &Arrival, _: &RequestProblem) -> Handled {
        self.answer(core, arrival)
    }

    fn answer(&self, core: &Core, arrival: &Arrival) -> Handled {
        if arrival.method() != "GET" {
            return refused(
                StatusCode::METHOD_NOT_ALLOWED,
                ServiceGround::MethodNotAllowed,
                "the log can only be read, by GET",
            );
        }
        let caller = arrival.caller.serial_number.as_deref();
        let parameters = Query::<LogParameters>::try_from_uri(&arrival.uri).ok();
        let largest = core.profile.disclosure_log.largest_answer;
        let Some(query) = parameters.and_then(|Query(parameters)| parameters.query(caller, largest)) else {
            let text =
                "controller (an OID), from, until (a day, or RFC 3339), after and limit (numbers) are understood";
            return refused(StatusCode::BAD_REQUEST, FindingCode::QueryParameterWrong, text);
        };
        if caller.is_some_and(|caller| caller != query.organisation) {
            let text = "an organisation is given its own log data only";
            return refused(StatusCode::FORBIDDEN, ServiceGround::AccessRight, text);
        }
        match core.expire_disclosures().and_then(|()| core.archive.disclosures(&query)) {
            Ok(entries) => (ExchangeRecord::accepted(), Reply::Answer(listed(&entries, query.most))),
            Err(error) => {
                tracing::error!(%error, number = arrival.number, "the archive failed");
                refused(StatusCode::INTERNAL_SERVER_ERROR, ServiceGround::ArchiveFailed, "the archive failed")
            }
        }
    }
}

fn refused(status: StatusCode, ground: impl Into<RefusalGround>, text: &str) -> Handled {
    let answer = ServiceAnswer::new(status, "text/plain; charset=utf-8", format!("{text}\n"));
    (ExchangeRecord::refused(ground), Reply::Answer(answer))
}

/// The entries as JSON Lines. The header `x-next-after` tells how to go on, where there may be more.
fn listed(entries: &[LoggedDisclosure], most: usize) -> ServiceAnswer {
    let lines: String = entries.iter().map(|entry| json_line(entry) + "\n").collect();
    let answer = ServiceAnswer::new(StatusCode::OK, JSON_LINES, lines);
    match entries.last().filter(|_| entries.len() == most) {
        Some(last) => answer.with("x-next-after", last.number.to_string()),
        None => answer,
    }
}

/// An entry as one line of JSON.
pub fn json_line(entry: &LoggedDisclosure) -> String {
    serde_json::to_string(entry).expect("an entry is made of texts, numbers and lists of texts")
}

impl LogParameters {
    /// Whose part is asked for: the one named, else the caller's.
    fn query(self, caller: Option<&str>, largest: usize) -> Option<DisclosureQuery> {
        let moment = |text: Option<&str>, of_day| text.map_or(Some(None), |text| moment(text, of_day).map(Some));
        Some(DisclosureQuery {
            organisation: self.controller.or_else(|| caller.map(str::to_owned))?,
            from: moment(self.from.as_deref(), FIRST)?,
            until: moment(self.until.as_deref(), LAST)?,
            after: self.after,
            most: self.limit.unwrap_or(largest).clamp(1, largest),
        })
    }
}

const FIRST: Time = Time::midnight();
const LAST: Time = Time::constant(23, 59, 59, 999_999_999);

impl DisclosureQuery {
    /// Everything of `organisation` from the first day to the last, both included, in Finland. Instead of a
    /// day, a moment in RFC 3339 may be given. `None` where one is neither.
    pub fn between(organisation: &str, from: Option<&str>, until: Option<&str>) -> Option<Self> {
        let (organisation, from, until) = (organisation.to_owned(), from.map(str::to_owned), until.map(str::to_owned));
        LogParameters { controller: Some(organisation), from, until, after: 0, limit: None }.query(None, PAGE)
    }
}

fn moment(text: &str, of_day: Time) -> Option<Timestamp> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment);
    }
    let day: Date = text.parse().ok()?;
    let zone = TimeZone::get("Europe/Helsinki").ok()?;
    Some(day.to_datetime(of_day).to_zoned(zone).ok()?.timestamp())
}

/// How many entries are read at once.
const PAGE: usize = 1000;

/// The log in the folder of an endpoint, whether that runs or not.
#[derive(Debug)]
pub struct KeptDisclosures {
    archive: Archive,
}

/// Why the log in a folder cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum KeptDisclosuresError {
    /// The folder is none of an endpoint.
    #[error("{} holds no archive of an endpoint", .0.display())]
    NoArchive(std::path::PathBuf),
    /// The archive failed.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

impl KeptDisclosures {
    /// Opens the log in `folder`, and removes what is past its time.
    ///
    /// # Errors
    /// `NoArchive` where no endpoint has kept its state there, `Archive` when it cannot be opened.
    pub fn open(folder: &Path, rules: &DisclosureLogRules, clock: Clock) -> Result<Self, KeptDisclosuresError> {
        let file = folder.join("archive.sqlite");
        if !file.is_file() {
            return Err(KeptDisclosuresError::NoArchive(folder.to_owned()));
        }
        let archive = Archive::open(Some(&file))?;
        archive.expire_disclosures(clock.now(), rules.retention_years)?;
        Ok(Self { archive })
    }

    /// Gives `take` each entry that `query` asks for, however many there are.
    ///
    /// # Errors
    /// `Archive`.
    pub fn each(
        &self,
        mut query: DisclosureQuery,
        mut take: impl FnMut(&LoggedDisclosure),
    ) -> Result<(), KeptDisclosuresError> {
        loop {
            let entries = self.archive.disclosures(&query)?;
            entries.iter().for_each(&mut take);
            match entries.last().filter(|_| entries.len() == query.most) {
                Some(last) => query.after = last.number,
                None => return Ok(()),
            }
        }
    }

    /// What was removed so far since its time was over.
    ///
    /// # Errors
    /// `Archive`.
    pub fn removals(&self) -> Result<Vec<LogRemoval>, KeptDisclosuresError> {
        Ok(self.archive.disclosure_removals()?)
    }
}

#[cfg(test)]
mod tests {
    use super::DisclosureQuery;

    #[test]
    fn days_are_whole_and_finnish() {
        let query = DisclosureQuery::between("1.2", Some("2026-01-01"), Some("2026-01-01")).expect("days");
        let text = |moment: Option<jiff::Timestamp>| moment.map(|moment| moment.to_string()).unwrap_or_default();
        assert_eq!(text(query.from), "2025-12-31T22:00:00Z");
        assert_eq!(text(query.until), "2026-01-01T21:59:59.999999999Z");
        assert!(DisclosureQuery::between("1.2", Some("yesterday"), None).is_none());
        assert!(DisclosureQuery::between("1.2", None, Some("2026-01-01T00:00:00+02:00")).is_some());
    }
}
