//! An entry tells what was done and what was processed: whose data, of which controller, and which documents or, for
//! a search, which criteria.

use super::entry::{EntryCase, SingleEntry};
use super::place::in_log;
use crate::reading::LogEntry;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::LogObjectMissing;

pub(super) const RULE: Rule<SingleEntry> = Rule {
    id: "object-missing",
    requirement: "LOG-04",
    sentence: "An entry tells what was done and what was processed: whose data, of which controller, and which \
               documents or, for a search, which criteria.",
    codes: &[CODE],
    judge,
};

fn judge(case: &EntryCase<'_>, findings: &mut Findings<'_>) {
    if case.entry.kind.as_deref() != Some("administration") {
        check_members(case.entry, findings);
        check_objects(case.entry, findings);
    }
    check_handed_out(case, findings);
    check_client(case, findings);
}

fn check_members(entry: &LogEntry<'_>, findings: &mut Findings<'_>) {
    let members = [
        ("/client/value", &entry.client, said::the_client_s_identity_code as fn() -> _),
        ("/controller/id", &entry.controller, said::the_controller_s_oid),
        ("/action", &entry.action, said::what_was_done),
    ];
    for (relative, _, expected) in members.into_iter().filter(|(_, value, _)| value.is_none()) {
        findings.add(CODE, &in_log(entry.at(relative)), expected(), said::none());
    }
}

fn check_objects(entry: &LogEntry<'_>, findings: &mut Findings<'_>) {
    if entry.action.as_deref() == Some("search") {
        if !entry.has_criteria {
            findings.add(CODE, &in_log(entry.at("/criteria")), said::the_criteria_of_the_search(), said::none());
        }
    } else if entry.objects.is_empty() {
        findings.add(CODE, &in_log(entry.at("/objects")), said::the_processed_documents(), said::none());
    }
    for (index, object) in entry.objects.iter().enumerate() {
        if object.document.is_none() && object.description.is_none() {
            let spot = in_log(entry.at(&format!("/objects/{index}")));
            findings.add(CODE, &spot, said::a_document_or_a_description(), said::neither());
        }
    }
}

/// The client of an entry is one of those whom its message concerns.
fn check_client(case: &EntryCase<'_>, findings: &mut Findings<'_>) {
    let (entry, persons) = (case.entry, case.call.map_or(&[][..], |call| &call.persons));
    let Some(client) = entry.client.as_deref().filter(|_| !persons.is_empty()) else { return };
    if !persons.iter().any(|person| person == client) {
        findings.add(CODE, &in_log(entry.at("/client/value")), Said::value(persons.join(", ")), Said::value(client));
    }
}

/// Documents whose content came with an answer were used, so the entry lists them.
fn check_handed_out(case: &EntryCase<'_>, findings: &mut Findings<'_>) {
    let entry = case.entry;
    for document in case.call.map_or(&[][..], |call| &call.handed_out) {
        if !entry.objects.iter().any(|object| object.document.as_deref() == Some(document)) {
            let spot = in_log(entry.at("/objects"));
            findings.add(CODE, &spot, said::document(document), said::not_among_them());
        }
    }
}
