//! The time of signing is not to come, and the header tells the same.

use jiff::{SignedDuration, Timestamp};

use super::signed::signatures;
use crate::domain::Hl7Time;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::Part;
use crate::wire::cda::SignedBy;
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "signature-time-wrong",
    requirement: "STO-44",
    sentence: "The time of signing is not to come, and the header tells the same.",
    codes: &[FindingCode::SignatureTimeWrong],
    judge,
};

const CODE: FindingCode = FindingCode::SignatureTimeWrong;

/// A time that is none is another finding.
fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let tolerance = SignedDuration::from_secs(subject.context.profile.signature.clock_tolerance_seconds);
    let latest = subject.context.now.saturating_add(tolerance).unwrap_or(Timestamp::MAX);
    for signature in signatures(subject) {
        let late = signed_at(signature).is_some_and(|time| time > latest);
        if let Some(written) = signature.timestamp.as_ref().filter(|_| late) {
            findings.add(CODE, &written.spot, said::a_time_until(latest.to_string()), Said::value(written.as_str()));
        }
    }
    judge_header(subject, findings);
}

/// The header tells the time to the second.
fn judge_header(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(header) = subject.root(Part::Document).and_then(|root| root.child("localSocialHeader")) else { return };
    let signed = || signatures(subject).iter().filter_map(signed_at);
    for told in header.children().filter(|child| child.name() == "signature") {
        let Some(time) = told.child("time") else { continue };
        let written = time.attribute("value").unwrap_or_default();
        let Some(instant) = written.parse::<Hl7Time>().ok().and_then(|time| time.instant()) else { continue };
        if signed().next().is_some() && !signed().any(|signed| signed.as_second() == instant.as_second()) {
            let expected: Vec<String> = signed().map(|signed| signed.to_string()).collect();
            let spot = time.spot(Part::Document).child("@value");
            findings.add(CODE, &spot, Said::value(expected.join(" / ")), Said::value(written));
        }
    }
}

fn signed_at(signature: &SignedBy) -> Option<Timestamp> {
    signature.timestamp.as_ref()?.parse().ok()
}
