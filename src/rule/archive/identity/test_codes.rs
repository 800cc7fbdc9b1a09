//! Only identity codes of the 900 series occur, anywhere in the message.

use std::collections::BTreeSet;

use crate::domain::{Hetu, identity_codes};
use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::locate::locate;
use crate::rule::archive::subject::Subject;

pub const TEST_CODES: Rule = Rule {
    sentence: "Only identity codes of the 900 series occur, anywhere in the message.",
    codes: &["identity-code-foreign"],
    judge,
};

/// Each code is told once in each part of the message.
fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (part, text) in subject.reading.texts() {
        let mut told: BTreeSet<Hetu> = BTreeSet::new();
        for (offset, code) in identity_codes(text).filter(|(_, code)| !code.is_test()) {
            if told.insert(code.clone()) {
                let spot = locate(part, text, offset);
                findings.add("identity-code-foreign", &spot, "a code of the 900 series", code.masked());
            }
        }
    }
}
