//! An entry tells what was done and what was processed: whose data, of which controller, and which
//! documents or, for a search, which criteria.

use super::registry::place;
use super::{LogEntry, UseLogCase};
use crate::domain::Operation;
use crate::evidence::Exchange;
use crate::rule::Findings;

const CODE: &str = "log-object-missing";

pub(super) fn check(case: &UseLogCase<'_>, out: &mut Findings<'_>) {
    let calls = case.calls();
    for entry in case.entries() {
        if entry.kind.as_deref() != Some("administration") {
            check_entry(entry, out);
        }
        let exchanges = entry.call().and_then(|call| calls.get(call)).map_or(&[][..], Vec::as_slice);
        check_handed_out(entry, exchanges, out);
    }
}

fn check_entry(entry: &LogEntry, out: &mut Findings<'_>) {
    let members = [
        ("/client/value", &entry.client, "the client's identity code"),
        ("/controller/id", &entry.controller, "the controller's OID"),
        ("/action", &entry.action, "what was done"),
    ];
    for (relative, _, expected) in members.iter().filter(|(_, value, _)| value.is_none()) {
        out.add(CODE, &place(&entry.at(relative)), *expected, "none");
    }
    if entry.action.as_deref() == Some("search") {
        if !entry.has_criteria {
            out.add(CODE, &place(&entry.at("/criteria")), "the criteria of the search", "none");
        }
    } else if entry.objects.is_empty() {
        out.add(CODE, &place(&entry.at("/objects")), "the processed documents", "none");
    }
    for (index, object) in entry.objects.iter().enumerate() {
        if object.document.is_none() && object.description.is_none() {
            out.add(CODE, &place(&entry.at(&format!("/objects/{index}"))), "a document or a description", "neither");
        }
    }
}

/// Documents whose content came with an answer were used, so the entry lists them.
fn check_handed_out(entry: &LogEntry, exchanges: &[&Exchange], out: &mut Findings<'_>) {
    let has_content = |operation| matches!(operation, Operation::SearchDocuments | Operation::Retrieve);
    let last = exchanges.iter().rfind(|exchange| has_content(exchange.operation));
    let Some(last) = last.filter(|last| last.fault.is_none() && last.answer.is_some()) else { return };
    for document in &last.handed_out {
        if !entry.objects.iter().any(|object| object.document.as_ref() == Some(document)) {
            out.add(CODE, &place(&entry.at("/objects")), format!("document {document}"), "not among them");
        }
    }
}
