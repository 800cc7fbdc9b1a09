//! The entry of a disclosure names the recipient.

use super::entry::{EntryCase, SingleEntry};
use super::place::in_log;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

const CODE: FindingCode = FindingCode::LogRecipientMissing;

pub(super) const RULE: Rule<SingleEntry> = Rule {
    id: "recipient-missing",
    requirement: "LOG-05",
    sentence: "The entry of a disclosure names the recipient.",
    codes: &[CODE],
    judge,
};

fn judge(case: &EntryCase<'_>, findings: &mut Findings<'_>) {
    let entry = case.entry;
    let told = entry.disclosure.as_ref().and_then(|disclosure| disclosure.recipient.as_ref());
    if entry.is_disclosure() && told.is_none() {
        findings.add(CODE, &in_log(entry.at("/disclosure/recipient")), said::the_recipient(), said::none());
    }
}
