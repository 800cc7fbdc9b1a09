//! Identity codes in the log are of the 900 series.

use super::entry::{EntryCase, SingleEntry};
use super::place::in_log;
use crate::reading::foreign_code;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::IdentityCodeForeign;

pub(super) const RULE: Rule<SingleEntry> = Rule {
    id: "identity-code-foreign",
    requirement: "STO-08",
    sentence: "Identity codes in the log are of the 900 series.",
    codes: &[CODE],
    judge,
};

fn judge(case: &EntryCase<'_>, findings: &mut Findings<'_>) {
    case.json.texts(&mut |pointer, text| {
        if let Some(hetu) = foreign_code(text.as_bytes()) {
            let spot = in_log(case.entry.at(pointer));
            findings.add(CODE, &spot, said::identity_codes_of_the_900_series_only(), Said::value(hetu.masked()));
        }
    });
}
