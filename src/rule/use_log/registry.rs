//! Every rule about the use log, in the order in which their findings stand.

use super::case::{EntryCase, Secrets};
use super::joined::Join;
use super::time::Order;
use super::{
    Calls, LogEntry, LogFault, UseLogCase, actor, clock, correlation, identity_code, joined, local, notice, object,
    other_person, outcome, purpose, recipient, secret, time,
};
use crate::rule::{Catalogue, Finding, Findings, Strictness};
use crate::wire::json::Json;
use crate::wire::{Part, Spot};

type Rule = fn(&EntryCase<'_>, &mut Findings<'_>);

/// What certain members of an entry tell.
const OF_MEMBERS: [Rule; 10] = [
    joined::check,
    correlation::check,
    actor::check,
    purpose::check,
    object::check,
    outcome::check,
    recipient::check,
    notice::check,
    time::check,
    clock::check,
];

/// What may stand in no text of an entry.
const OF_TEXTS: [Rule; 3] = [secret::check, identity_code::check, other_person::check];

/// What is wrong with a use log: one finding a mistake, at its JSON pointer in the log.
pub fn judge(case: &UseLogCase<'_>, catalogue: &Catalogue, strictness: Strictness) -> Vec<Finding> {
    let mut findings = Findings::new(catalogue, strictness);
    check(case, &mut findings);
    findings.into_list()
}

/// The same, added to `out`.
pub fn check(case: &UseLogCase<'_>, out: &mut Findings<'_>) {
    readable(&case.log.faults, out);
    // Of a log that is none, nothing else can be said.
    if case.log.entries.is_empty() && !case.log.faults.is_empty() {
        return;
    }
    let calls = Calls::of(case.exchanges.iter().copied(), case.profile);
    let mut join = Join::new(&calls);
    case.log.entries.iter().for_each(|entry| join.check(entry, out));
    join.finish(out);
    local::check(case, out);
    let (secrets, entries) = (case.secrets(), case.entries(&calls));
    for entry in &entries {
        check_one(case, entry, (&calls, &secrets), out);
    }
    in_order(&entries, out);
}

fn check_one(
    case: &UseLogCase<'_>,
    entry: &LogEntry<'_>,
    (calls, secrets): (&Calls, &Secrets<'_>),
    out: &mut Findings<'_>,
) {
    let json = case.log.json.pointer(&entry.pointer).map_or(Json::Null, Json::of);
    let call = entry.call().and_then(|id| calls.get(id));
    let is_stranger = entry.call().is_some_and(|id| !case.seen.contains(id));
    let of_entry = EntryCase { entry, json: &json, call, is_stranger, secrets, rules: case.profile.use_log };
    OF_MEMBERS.iter().chain(&OF_TEXTS).for_each(|rule| rule(&of_entry, out));
}

/// Numbers tell the order of entries, where all have one.
fn in_order(entries: &[&LogEntry<'_>], out: &mut Findings<'_>) {
    let mut entries = entries.to_vec();
    if entries.iter().all(|entry| entry.sequence.is_some()) {
        entries.sort_by_key(|entry| entry.sequence);
    }
    let mut order = Order::default();
    entries.into_iter().for_each(|entry| order.check(entry, out));
}

/// The rules over one entry, whose JSON was `text`.
pub(super) fn check_entry(case: &EntryCase<'_>, text: &str, faults: &[LogFault], out: &mut Findings<'_>) {
    readable(faults, out);
    OF_MEMBERS.iter().for_each(|rule| rule(case, out));
    if secret::is_suspicious(text, case.secrets) || other_person::is_there(case.entry, text) {
        OF_TEXTS.iter().for_each(|rule| rule(case, out));
    }
}

/// The log is a list of entries whose members have the types of the canonical form.
fn readable(faults: &[LogFault], out: &mut Findings<'_>) {
    for fault in faults {
        out.add("log-unreadable", &place(&fault.pointer), fault.expected, fault.actual.as_str());
    }
}

/// A place in the log.
pub(super) fn place(pointer: &str) -> Spot {
    Spot::path(Part::UseLog, pointer.to_owned())
}
