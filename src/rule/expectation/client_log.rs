//! What a client is told of the use and disclosure of the own data: who, to whom, and on what ground.

use crate::words::said;
use std::collections::BTreeSet;

use serde_json::Value;

use super::Case;
use crate::evidence::ActionRecord;
use crate::rule::{FindingCode, Findings};

/// The answer to a client's request tells every processing of the scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientLog {
    /// The step that makes the request.
    pub step: String,
}

impl ClientLog {
    /// What it can find.
    pub const CODE: FindingCode = FindingCode::ClientLogIncomplete;

    /// A row without time, user or ground, a disclosure without its recipient, and fewer rows than there was
    /// processing are findings.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let Some(action) = case.action(&self.step).filter(|action| action.outcome == "succeeded") else { return };
        let rows: Vec<&Value> = action.result.get("entries").and_then(Value::as_array).into_iter().flatten().collect();
        for name in ["time", "user", "purpose"] {
            let lacking = rows.iter().filter(|row| text(row, name).is_empty()).count();
            if lacking > 0 {
                out.add_for_step(Self::CODE, &self.step, said::in_each_entry(name), said::without(lacking));
            }
        }
        let disclosures = disclosures(case, action);
        let received = rows.iter().filter(|row| !text(row, "recipient").is_empty()).count();
        if received < disclosures {
            let expected = said::entries_with_recipient(disclosures);
            out.add_for_step(Self::CODE, &self.step, expected, received.to_string());
        }
        let due = calls(case, action).max(disclosures);
        if rows.len() < due {
            out.add_for_step(Self::CODE, &self.step, said::at_least_entries(due), rows.len().to_string());
        }
    }
}

/// Disclosures about the client that were recorded before.
fn disclosures(case: &Case<'_>, action: &ActionRecord) -> usize {
    let earlier = case.actions.iter().filter(|other| {
        other.started < action.started && other.action == "record-disclosures" && other.outcome == "succeeded"
    });
    let events =
        earlier.flat_map(|other| other.parameters.get("events").and_then(Value::as_array).into_iter().flatten());
    events.filter(|event| event.get("client") == action.parameters.get("client")).count()
}

/// Messages about the client before.
fn calls(case: &Case<'_>, action: &ActionRecord) -> usize {
    let client = action.parameters.get("client").and_then(Value::as_str).unwrap_or_default();
    let before = case.exchanges.iter().map(|read| read.exchange).filter(|exchange| {
        exchange.received < action.started && exchange.persons.iter().any(|person| person == client)
    });
    before.filter_map(|exchange| exchange.message_id.as_deref()).collect::<BTreeSet<_>>().len()
}

fn text<'v>(row: &'v Value, name: &str) -> &'v str {
    row.get(name).and_then(Value::as_str).map_or("", str::trim)
}
