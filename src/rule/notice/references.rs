//! The parties of a notice are contained in it: references to them lead to a contained resource.

use serde_json::Value;

use super::case::Case;
use super::contained::CODE;
use super::notes::Notes;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    for entry in case.notices() {
        let base = entry.resource();
        check_reference(case, format!("{base}/source/observer/reference"), notes);
        for agent in &entry.agents {
            check_reference(case, format!("{}/who/reference", agent.spot.path), notes);
        }
        let contained = case.at(&format!("{base}/contained")).and_then(Value::as_array).map_or(0, Vec::len);
        for index in 0..contained {
            for party in ["practitioner", "organization"] {
                check_reference(case, format!("{base}/contained/{index}/{party}/reference"), notes);
            }
        }
    }
}

/// References of the form `#id` are the matter of another rule.
fn check_reference(case: &Case<'_>, pointer: String, notes: &mut Notes) {
    let reference = case.at(&pointer).and_then(Value::as_str);
    if let Some(elsewhere) = reference.filter(|reference| !reference.starts_with('#'))
        && !notes.is_told(&pointer)
    {
        notes.bundle(CODE, pointer, "the id of a contained resource", elsewhere);
    }
}
