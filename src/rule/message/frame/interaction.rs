//! The message element names an interaction that the profile knows, and interactionId names the same.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

/// Root under which HL7 names its interactions.
const INTERACTIONS: &str = "2.16.840.1.113883.1.6";

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "interaction",
    requirement: "TRA-09",
    sentence: "The message element names an interaction that the profile knows, and interactionId names the same.",
    codes: &[FindingCode::InteractionUnknown, FindingCode::InteractionDiffers],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(frame) = subject.frame else { return };
    let profile = subject.context.profile;
    if profile.interaction(&frame.root).is_none() {
        let known: Vec<&str> = profile.interaction.iter().map(|row| row.id.as_str()).collect();
        findings.add(
            FindingCode::InteractionUnknown,
            &frame.root.spot,
            Said::value(known.join(", ")),
            Said::value(frame.root.as_str()),
        );
        return;
    }
    let expected = format!("{INTERACTIONS} {}", frame.root.value);
    let Some(id) = &frame.interaction else {
        findings.add(
            FindingCode::InteractionDiffers,
            &frame.root.spot.child("interactionId"),
            Said::value(expected),
            said::nothing(),
        );
        return;
    };
    let actual = format!("{} {}", id.root, id.extension);
    if actual != expected {
        findings.add(FindingCode::InteractionDiffers, &id.spot, Said::value(expected), Said::value(actual));
    }
}
