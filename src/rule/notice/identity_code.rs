//! Identity codes are of the 900 series, wherever they stand, and those of persons are right ones.

use serde_json::Value;

use super::case::Case;
use super::notes::Notes;
use crate::domain::{Hetu, foreign_identity_code};
use crate::wire::json::walk;
use crate::wire::{Part, Spot};

const FOREIGN: &str = "identity-code-foreign";
const SERIES: &str = "identity codes of the 900 series only";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    for (name, value) in &case.reading.request.headers {
        if let Some(hetu) = foreign_identity_code(value) {
            notes.add(FOREIGN, Spot::path(Part::Http, name.clone()), SERIES, hetu.masked());
        }
    }
    if let Ok(bundle) = &case.reading.body {
        scan(&bundle.json, Part::Bundle, notes);
    }
    if let Some(token) = case.token {
        scan(&token.claims.value, Part::Token, notes);
    }
}

fn scan(json: &Value, part: Part, notes: &mut Notes) {
    walk(json, &mut |pointer, value| {
        let names = value.as_object().into_iter().flat_map(serde_json::Map::keys);
        for hetu in value.as_str().into_iter().chain(names.map(String::as_str)).filter_map(foreign_identity_code) {
            notes.add(FOREIGN, Spot::path(part, pointer.to_owned()), SERIES, hetu.masked());
        }
    });
}

/// What is wrong with a code is told without the code: a slip of the pen may be close to a real one.
pub(super) fn check_persons(case: &Case<'_>, notes: &mut Notes) {
    for person in case.bundle.into_iter().flat_map(|bundle| &bundle.persons) {
        if let Err(error) = person.value.parse::<Hetu>() {
            notes.add("identity-code-wrong", person.spot.clone(), "an identity code", error.to_string());
        }
    }
}
