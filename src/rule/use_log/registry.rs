//! Every rule about the use log, in the order in which their findings stand.

use std::collections::BTreeSet;

use super::{
    UseLog, UseLogCase, actor, identity_code, joined, local, notice, object, outcome, purpose, recipient, secret, time,
};
use crate::rule::{Catalogue, Finding, Findings, Strictness};
use crate::wire::{Part, Spot};

type Rule = fn(&UseLogCase<'_>, &mut Findings<'_>);

/// What needs the traffic.
const JOINED: [Rule; 3] = [joined::check_exchanges, joined::check_entries, local::check];

/// What the entries tell by themselves.
const OF_ENTRIES: [Rule; 9] = [
    actor::check,
    purpose::check,
    object::check,
    outcome::check,
    recipient::check,
    notice::check,
    secret::check,
    time::check,
    identity_code::check,
];

/// What is wrong with a use log: one finding a mistake, at its JSON pointer in the log.
pub fn judge(case: &UseLogCase<'_>, catalogue: &Catalogue, strictness: Strictness) -> Vec<Finding> {
    let mut findings = Findings::new(catalogue, strictness);
    check(case, &mut findings);
    findings.into_list()
}

/// The same, added to `out`.
pub fn check(case: &UseLogCase<'_>, out: &mut Findings<'_>) {
    readable(case, out);
    // Of a log that is none, nothing else can be said.
    if case.log.entries.is_empty() && !case.log.faults.is_empty() {
        return;
    }
    for rule in JOINED.into_iter().chain(OF_ENTRIES) {
        rule(case, out);
    }
}

/// The rules that need no traffic, over one entry that was read on its own.
pub(super) fn check_entry(log: &UseLog, out: &mut Findings<'_>) {
    let seen = BTreeSet::new();
    let case = UseLogCase { log, exchanges: &[], actions: &[], seen: &seen, persons: &[], forbidden: &[] };
    readable(&case, out);
    for rule in OF_ENTRIES {
        rule(&case, out);
    }
}

/// The log is a list of entries whose members have the types of the canonical form.
fn readable(case: &UseLogCase<'_>, out: &mut Findings<'_>) {
    for fault in &case.log.faults {
        out.add("log-unreadable", &place(&fault.pointer), fault.expected, fault.actual.as_str());
    }
}

/// A place in the log.
pub(super) fn place(pointer: &str) -> Spot {
    Spot::path(Part::UseLog, pointer.to_owned())
}
