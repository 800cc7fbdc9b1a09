//! Times of a notice are points in time with their zone, and no signature is older than what it covers.

use jiff::Timestamp;
use serde_json::Value;

use super::case::Case;
use super::notes::Notes;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let mut newest: Option<Timestamp> = None;
    for entry in case.entries() {
        newest = newest.max(instant(case, &format!("{}/recorded", entry.resource()), notes));
        check_start(case, format!("{}/period/start", entry.resource()), notes);
    }
    let Some(signed) = instant(case, "/signature/when", notes) else { return };
    if let Some(newest) = newest.filter(|newest| *newest > signed) {
        let expected = format!("not before {newest}, when the newest resource was recorded");
        notes.bundle("notice-signature-wrong", "/signature/when", expected, signed.to_string());
    }
    let latest = case.context.now.as_second().saturating_add(case.context.profile.token.clock_tolerance_seconds);
    if signed.as_second() > latest {
        let expected = format!("not after {}", case.context.now);
        notes.bundle("notice-signature-wrong", "/signature/when", expected, signed.to_string());
    }
}

/// The instant at `pointer`. That one is missing at all is told by another rule.
fn instant(case: &Case<'_>, pointer: &str, notes: &mut Notes) -> Option<Timestamp> {
    let value = case.at(pointer)?;
    let moment = value.as_str().and_then(|text| text.parse().ok());
    if moment.is_none() {
        notes.bundle("notice-element-missing", pointer, "a time with its zone", value.to_string());
    }
    moment
}

/// FHIR's `dateTime` has no zone only where it has no time of day.
fn check_start(case: &Case<'_>, pointer: String, notes: &mut Notes) {
    let Some(value) = case.at(&pointer) else { return };
    let is_date_time = |text: &str| if text.contains('T') { text.parse::<Timestamp>().is_ok() } else { is_date(text) };
    if !value.as_str().is_some_and(is_date_time) {
        notes.bundle("notice-element-missing", pointer, "a date, or a time with its zone", Value::to_string(value));
    }
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn is_date(text: &str) -> bool {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    whole.parse::<jiff::civil::Date>().is_ok()
}
