//! The token is meant for this endpoint and valid now, and not for longer than allowed.

use jiff::Timestamp;
use serde_json::Value;

use super::Token;
use super::case::Case;
use super::notes::Notes;

const CODE: &str = "token-refused";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    if let Some(token) = case.token {
        check_audience(case, token, notes);
        check_times(case, token, notes);
    }
}

fn check_audience(case: &Case<'_>, token: &Token, notes: &mut Notes) {
    let named: Vec<&str> = match token.claims.value.get("aud") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    let plain = |address: &str| address.trim_end_matches('/').to_owned();
    if !named.iter().any(|name| case.context.audience.iter().any(|own| plain(own) == plain(name))) {
        notes.token(CODE, "/aud", case.context.audience.join(" / "), named.join(", "));
    }
}

fn check_times(case: &Case<'_>, token: &Token, notes: &mut Notes) {
    let rules = &case.context.profile.token;
    let now = case.context.now.as_second();
    let tolerance = rules.clock_tolerance_seconds;
    let mut time = |name| read_time(token, name, notes);
    let (issued, from, until) = (time("iat"), time("nbf"), time("exp"));
    let mut refuse = |pointer: &'static str, expected: String, actual: i64| {
        notes.token(CODE, pointer, expected, moment(actual));
    };
    for (pointer, start) in [("/iat", issued), ("/nbf", from)] {
        if let Some(start) = start.filter(|start| *start > now.saturating_add(tolerance)) {
            refuse(pointer, format!("at {} at the latest", moment(now)), start);
        }
    }
    let Some(until) = until else { return };
    if until.saturating_add(tolerance) < now {
        refuse("/exp", format!("after {}", moment(now)), until);
    }
    let longest = rules.longest_lifetime_seconds;
    if issued.is_some_and(|issued| until.saturating_sub(issued) > longest) {
        refuse("/exp", format!("at most {longest} seconds after iat"), until);
    }
}

/// The NumericDate (RFC 7519, 2) in claim `name`: seconds, of which a fraction does not count.
fn read_time(token: &Token, name: &str, notes: &mut Notes) -> Option<i64> {
    let claim = token.claims.value.get(name)?;
    let seconds = claim.as_i64().or_else(|| claim.as_f64().map(|seconds| seconds as i64));
    if seconds.is_none() {
        notes.token(CODE, format!("/{name}"), "a number of seconds", claim.to_string());
    }
    seconds
}

fn moment(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |moment| moment.to_string())
}
