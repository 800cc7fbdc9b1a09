//! The time of an entry carries its zone, and times never run backwards.

use super::place::in_log;
use super::sequence::{EntryInOrder, OrderCase};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::LogTimeWrong;

pub(super) const RULE: Rule<EntryInOrder> = Rule {
    id: "time-wrong",
    requirement: "LOG-07",
    sentence: "The time of an entry carries its zone, and times never run backwards.",
    codes: &[CODE],
    judge,
};

fn judge(case: &OrderCase<'_>, findings: &mut Findings<'_>) {
    let (entry, spot) = (case.entry, in_log(case.entry.at("/time")));
    match (case.before.latest, entry.moment) {
        (_, None) => {
            findings.add(
                CODE,
                &spot,
                said::a_time_with_its_zone(),
                Said::value_or(entry.time.as_deref(), said::none()),
            );
        }
        (Some(latest), Some(now)) if now < latest => {
            let expected = said::not_before_the_time_of_an_entry(latest.to_string());
            findings.add(CODE, &spot, expected, Said::value(entry.time.as_deref().unwrap_or_default()));
        }
        (_, Some(_)) => {}
    }
}
