//! What a client is told of the use and disclosure of the own data: who, to whom, and on what ground.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{ExpectationKind, Expected, MemberReader, ScenarioEvidence};
use crate::evidence::ActionRecord;
use crate::rule::{FindingCode, Findings};
use crate::words::{Said, said};

/// What `see = "client-log"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "client-log",
    sentence: "the client is told each processing of the scenario with time, user and ground, each disclosure with its recipient",
    members: &[],
    codes: &[FindingCode::ClientLogIncomplete],
    read: read_members,
};

/// The answer to a client's request tells every processing of the scenario.
#[derive(Debug)]
struct ClientLog;

fn read_members(_: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(ClientLog))
}

impl Expected for ClientLog {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// A row without time, user or ground, a disclosure without its recipient, and fewer rows than there was
    /// processing are findings.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(action) = evidence.succeeded(step) else { return };
        let rows: Vec<&Value> = action.result.get("entries").and_then(Value::as_array).into_iter().flatten().collect();
        for name in ["time", "user", "purpose"] {
            let lacking = rows.iter().filter(|row| text(row, name).is_empty()).count();
            if lacking > 0 {
                out.add_for_step(
                    FindingCode::ClientLogIncomplete,
                    step,
                    said::in_each_entry(name),
                    said::without(lacking),
                );
            }
        }
        let disclosures = disclosures(evidence, action);
        let received = rows.iter().filter(|row| !text(row, "recipient").is_empty()).count();
        if received < disclosures {
            let expected = said::entries_with_recipient(disclosures);
            out.add_for_step(FindingCode::ClientLogIncomplete, step, expected, Said::value(received.to_string()));
        }
        let due = calls(evidence, action).max(disclosures);
        if rows.len() < due {
            out.add_for_step(
                FindingCode::ClientLogIncomplete,
                step,
                said::at_least_entries(due),
                Said::value(rows.len().to_string()),
            );
        }
    }
}

/// Disclosures about the client that were recorded before.
fn disclosures(evidence: &ScenarioEvidence<'_>, action: &ActionRecord) -> usize {
    let earlier = evidence.actions.iter().filter(|other| {
        other.started < action.started && other.action == "record-disclosures" && other.has_succeeded()
    });
    let events =
        earlier.flat_map(|other| other.parameters.get("events").and_then(Value::as_array).into_iter().flatten());
    events.filter(|event| event.get("client") == action.parameters.get("client")).count()
}

/// Messages about the client before.
fn calls(evidence: &ScenarioEvidence<'_>, action: &ActionRecord) -> usize {
    let client = action.parameters.get("client").and_then(Value::as_str).unwrap_or_default();
    let before = evidence.exchanges.iter().map(|read| read.exchange).filter(|exchange| {
        exchange.received < action.started && exchange.persons.iter().any(|person| person == client)
    });
    before.filter_map(|exchange| exchange.message_id.as_deref()).collect::<BTreeSet<_>>().len()
}

fn text<'v>(row: &'v Value, name: &str) -> &'v str {
    row.get(name).and_then(Value::as_str).map_or("", str::trim)
}
