//! No text of a document stands in the log.

use super::entry::{EntryCase, SingleEntry};
use super::place::in_log;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

const CODE: FindingCode = FindingCode::LogHoldsDocumentText;

pub(super) const RULE: Rule<SingleEntry> = Rule {
    id: "holds-document-text",
    requirement: "LOG-06",
    sentence: "No text of a document stands in the log.",
    codes: &[CODE],
    judge,
};

fn judge(case: &EntryCase<'_>, findings: &mut Findings<'_>) {
    case.json.texts(&mut |pointer, text| {
        if case.secrets.texts.iter().any(|secret| !secret.is_empty() && text.contains(secret.as_str())) {
            let spot = in_log(case.entry.at(pointer));
            findings.add(CODE, &spot, said::no_text_of_a_document(), said::text_of_a_document());
        }
    });
}
