//! The message element names an interaction that the profile knows, and interactionId names the same.

use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{Subject, under};
use crate::rule::{FindingCode, Findings};
use crate::words::said;

/// Root under which HL7 names its interactions.
const INTERACTIONS: &str = "2.16.840.1.113883.1.6";

pub const INTERACTION: Rule = Rule {
    sentence: "The message element names an interaction that the profile knows, and interactionId names the same.",
    codes: &[FindingCode::InteractionUnknown, FindingCode::InteractionDiffers],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(frame) = subject.frame else { return };
    let profile = subject.context.profile;
    if profile.interaction(&frame.root).is_none() {
        let known: Vec<&str> = profile.interaction.iter().map(|row| row.id.as_str()).collect();
        findings.add(FindingCode::InteractionUnknown, &frame.root.spot, known.join(", "), frame.root.as_str());
        return;
    }
    let expected = format!("{INTERACTIONS} {}", frame.root.value);
    let Some(id) = &frame.interaction else {
        findings.add(
            FindingCode::InteractionDiffers,
            &under(&frame.root.spot, "interactionId"),
            expected,
            said::nothing(),
        );
        return;
    };
    let actual = format!("{} {}", id.root, id.extension);
    if actual != expected {
        findings.add(FindingCode::InteractionDiffers, &id.spot, expected, actual);
    }
}
