//! The token is a genuine JWS, meant for this endpoint, valid now and not for longer than allowed.

use jiff::Timestamp;
use serde_json::Value;

use super::place::{in_header, in_token};
use super::subject::{NoticeCase, NoticeSubject, VerifiedSignature};
use crate::domain::Evidence;
use crate::reading::NoticeToken;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::TokenRefused;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "token-refused",
    requirement: "DIS-13",
    sentence: "The token is a genuine JWS, meant for this endpoint, valid now and not for longer than allowed.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let spot = in_header(&case.context.profile.http_header.token.name);
    if let Some(forged) = case.token_signature.as_ref().and_then(VerifiedSignature::forged) {
        findings.add_as(CODE, Evidence::Standard, &spot, said::a_token_signed_by_the_certificate_in(), forged);
    }
    if let Some(token) = case.token {
        check_audience(case, token, findings);
        check_times(case, token, findings);
    }
}

fn check_audience(case: &NoticeCase<'_>, token: &NoticeToken, findings: &mut Findings<'_>) {
    let named: Vec<&str> = match token.claims.value.get("aud") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    let plain = |address: &str| address.trim_end_matches('/').to_owned();
    if !named.iter().any(|name| case.context.audience.iter().any(|own| plain(own) == plain(name))) {
        findings.add(
            CODE,
            &in_token("/aud"),
            Said::value(case.context.audience.join(" / ")),
            Said::value(named.join(", ")),
        );
    }
}

fn check_times(case: &NoticeCase<'_>, token: &NoticeToken, findings: &mut Findings<'_>) {
    let rules = &case.context.profile.token;
    let now = case.context.now.as_second();
    let tolerance = rules.clock_tolerance_seconds;
    let mut time = |name| read_time(token, name, findings);
    let (issued, from, until) = (time("iat"), time("nbf"), time("exp"));
    for (pointer, start) in [("/iat", issued), ("/nbf", from)] {
        if let Some(start) = start.filter(|start| *start > now.saturating_add(tolerance)) {
            findings.add(CODE, &in_token(pointer), said::at_at_the_latest(moment(now)), Said::value(moment(start)));
        }
    }
    let Some(until) = until else { return };
    if until.saturating_add(tolerance) < now {
        findings.add(CODE, &in_token("/exp"), said::after(moment(now)), Said::value(moment(until)));
    }
    let longest = rules.longest_lifetime_seconds;
    if issued.is_some_and(|issued| until.saturating_sub(issued) > longest) {
        findings.add(CODE, &in_token("/exp"), said::at_most_seconds_after_iat(longest), Said::value(moment(until)));
    }
}

/// The NumericDate (RFC 7519, 2) in claim `name`: seconds, of which a fraction does not count.
fn read_time(token: &NoticeToken, name: &str, findings: &mut Findings<'_>) -> Option<i64> {
    let claim = token.claims.value.get(name)?;
    let seconds = claim.as_i64().or_else(|| claim.as_f64().map(|seconds| seconds as i64));
    if seconds.is_none() {
        findings.add(CODE, &in_token(format!("/{name}")), said::a_number_of_seconds(), Said::value(claim.to_string()));
    }
    seconds
}

fn moment(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |moment| moment.to_string())
}
