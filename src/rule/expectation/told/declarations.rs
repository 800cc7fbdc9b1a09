//! Declarations are told with the identifiers under which Kanta holds them, each once.

use std::collections::BTreeSet;

use serde_json::Value;

use super::comparison::{ResultComparison, listed};

/// Compares the identifiers of the result with those that Kanta holds.
pub(super) fn judge(told: &mut ResultComparison<'_, '_, '_>) {
    let Some(snapshot) = told.evidence.snapshot else { return };
    let held: Vec<&str> = snapshot.declarations.iter().map(|one| one.id.as_str()).collect();
    let rows = told.list("declarations");
    if rows.is_empty() {
        told.differs("declarations", &listed(held.iter().copied()), &Value::Array(Vec::new()));
    }
    let mut seen = BTreeSet::new();
    for (number, row) in rows.iter().enumerate() {
        let is_held = row["id"].as_str().is_some_and(|id| held.contains(&id));
        if !is_held || !seen.insert(row["id"].to_string()) {
            told.differs(&format!("declarations[{number}].id"), &listed(held.iter().copied()), &row["id"]);
        }
    }
}
