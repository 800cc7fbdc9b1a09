//! Two permits between sectors in one request go in different directions.

use super::case::Case;
use super::reading::statement;
use crate::domain::Declared;
use crate::rule::notice::Notes;

const CODE: &str = "declaration-direction-twice";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let mut seen = Vec::new();
    for consent in case.consents() {
        let Some(statement) = statement(consent, case.rules()) else { continue };
        let Declared::Permit { from, to } = statement.declared else { continue };
        if from == to {
            continue;
        }
        if seen.contains(&(from, to)) {
            let place = format!("{}/category/0/coding/0/code", consent.pointer);
            notes.bundle(CODE, place, "another direction", format!("{} → {}", from.name(), to.name()));
        }
        seen.push((from, to));
    }
}
