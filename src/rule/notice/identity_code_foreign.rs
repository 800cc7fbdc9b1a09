//! Identity codes are of the 900 series, wherever they stand in the request.

use serde_json::Value;

use super::place::in_header;
use super::subject::{NoticeCase, NoticeSubject};
use crate::domain::Hetu;
use crate::reading::foreign_code;
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::json::walk;
use crate::wire::{Location, Part};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::IdentityCodeForeign;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "identity-code-foreign",
    requirement: "STO-08",
    sentence: "Identity codes are of the 900 series, wherever they stand in the request.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    for (name, value) in &case.reading.request.headers {
        if let Some(hetu) = foreign_code(value.as_bytes()) {
            findings.add(
                CODE,
                &in_header(name),
                said::identity_codes_of_the_900_series_only(),
                Said::value(hetu.masked()),
            );
        }
    }
    if let Ok(bundle) = &case.reading.body {
        check_texts(&bundle.json, Part::Bundle, findings);
    }
    if let Some(token) = case.token {
        check_texts(&token.claims.value, Part::Token, findings);
    }
}

/// However it is written in the text: in Base64 or with escapes, too.
fn in_text(text: &str) -> Option<Hetu> {
    foreign_code(text.as_bytes())
}

fn check_texts(json: &Value, part: Part, findings: &mut Findings<'_>) {
    walk(json, &mut |pointer, value| {
        let names = value.as_object().into_iter().flat_map(serde_json::Map::keys);
        for hetu in value.as_str().into_iter().chain(names.map(String::as_str)).filter_map(in_text) {
            let spot = Location::path(part, pointer.to_owned());
            findings.add(CODE, &spot, said::identity_codes_of_the_900_series_only(), Said::value(hetu.masked()));
        }
    });
}
