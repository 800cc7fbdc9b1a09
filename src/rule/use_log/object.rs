//! An entry tells what was done and what was processed: whose data, of which controller, and which
//! documents or, for a search, which criteria.

use super::LogEntry;
use super::case::EntryCase;
use super::registry::place;
use crate::rule::Findings;

const CODE: &str = "log-object-missing";

pub(super) fn check(case: &EntryCase<'_>, out: &mut Findings<'_>) {
    if case.entry.kind.as_deref() != Some("administration") {
        check_entry(case.entry, out);
    }
    check_handed_out(case, out);
}

fn check_entry(entry: &LogEntry<'_>, out: &mut Findings<'_>) {
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
fn check_handed_out(case: &EntryCase<'_>, out: &mut Findings<'_>) {
    let entry = case.entry;
    for document in case.call.map_or(&[][..], |call| &call.handed_out) {
        if !entry.objects.iter().any(|object| object.document.as_deref() == Some(document)) {
            out.add(CODE, &place(&entry.at("/objects")), format!("document {document}"), "not among them");
        }
    }
}
