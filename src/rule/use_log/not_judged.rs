//! What of a file no traffic and no hash can prove is told and not judged.

use super::place::in_log;
use super::whole::{WholeCase, WholeLog};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

const CODE: FindingCode = FindingCode::LogNotJudged;

pub(super) const RULE: Rule<WholeLog> = Rule {
    id: "not-judged",
    requirement: "LOG-02",
    sentence: "What of a file no traffic and no hash can prove is told and not judged.",
    codes: &[CODE],
    judge,
};

fn judge(case: &WholeCase<'_>, findings: &mut Findings<'_>) {
    let Some(before) = case.before else { return };
    if case.calls.is_none() {
        let what = said::whether_entries_and_messages_agree();
        findings.add(CODE, &in_log(""), what, said::no_traffic_is_at_hand());
    }
    let why = match &before.unknown_algorithm {
        Some(algorithm) => said::algorithm_is_not_known(algorithm),
        None if !before.has_hashes => said::the_entries_carry_no_hash(),
        None => return,
    };
    findings.add(CODE, &in_log(""), said::the_chain_of_hashes(), why);
}
