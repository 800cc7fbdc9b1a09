//! An entry names the user and the organisation that processed the data.

use super::entry::{EntryCase, SingleEntry};
use super::place::in_log;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

const CODE: FindingCode = FindingCode::LogActorMissing;

pub(super) const RULE: Rule<SingleEntry> = Rule {
    id: "actor-missing",
    requirement: "LOG-03",
    sentence: "An entry names the user and the organisation that processed the data.",
    codes: &[CODE],
    judge,
};

fn judge(case: &EntryCase<'_>, findings: &mut Findings<'_>) {
    let entry = case.entry;
    let members = [
        ("/user/value", &entry.user, said::the_user_s_identifier as fn() -> _),
        ("/user/name", &entry.user_name, said::the_user_s_name),
        ("/organisation/subscriber", &entry.subscriber, said::the_organisation_s_oid),
    ];
    for (relative, _, expected) in members.into_iter().filter(|(_, value, _)| value.is_none()) {
        findings.add(CODE, &in_log(entry.at(relative)), expected(), said::none());
    }
}
