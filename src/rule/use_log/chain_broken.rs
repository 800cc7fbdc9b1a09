//! The entries of a log are unchanged: each carries its hash and that of the entry before.

use super::hash_link::HashLink;
use super::place::in_log;
use super::sequence::{EntryInOrder, OrderCase};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::LogChainBroken;

pub(super) const RULE: Rule<EntryInOrder> = Rule {
    id: "chain-broken",
    requirement: "LOG-09",
    sentence: "The entries of a log are unchanged: each carries its hash and that of the entry before.",
    codes: &[CODE],
    judge,
};

fn judge(case: &OrderCase<'_>, findings: &mut Findings<'_>) {
    let at = |relative: &str| in_log(case.entry.at(relative));
    let before = case.before.hash.as_ref();
    match case.link {
        HashLink::None if before.is_some() => {
            findings.add(CODE, &at("/integrity"), said::hashes_as_the_entry_before_has_them(), said::none());
        }
        HashLink::None | HashLink::Unknown(_) => {}
        HashLink::Hashed { previous, stated, made } => {
            let follows = case.expected_number().is_none_or(|number| case.entry.sequence == Some(number));
            if let Some(before) = before.filter(|before| follows && previous.as_ref() != Some(before)) {
                let expected = said::the_hash_of_the_entry_before(before.to_string());
                let actual = Said::value_or(previous.as_ref().map(ToString::to_string), said::none());
                findings.add(CODE, &at("/integrity/previous"), expected, actual);
            }
            if stated != made {
                let made = made.as_ref().map(ToString::to_string).unwrap_or_default();
                let actual = Said::value_or(stated.as_ref().map(ToString::to_string), said::none());
                findings.add(CODE, &at("/integrity/hash"), said::the_hash_of_this_entry(made), actual);
            }
        }
    }
}
