//! A message in a test says so in processingCode.

use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{Subject, or_nothing, under};
use crate::rule::{FindingCode, Findings};

pub const PROCESSING_CODE: Rule = Rule {
    sentence: "A message in a test says so in processingCode.",
    codes: &[FindingCode::ProcessingCodeNotTest],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(frame) = subject.frame else { return };
    let expected = &subject.context.profile.party.processing_code;
    let code = frame.processing_code.as_ref();
    if code.is_none_or(|code| code.value != *expected) {
        let spot = code.map_or_else(|| under(&frame.root.spot, "processingCode"), |code| code.spot.clone());
        findings.add(FindingCode::ProcessingCodeNotTest, &spot, expected.as_str(), or_nothing(code));
    }
}
