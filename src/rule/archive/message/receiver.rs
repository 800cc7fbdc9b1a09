//! The receiver of a message is the party that plays Kanta.

use crate::domain::Oid;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::Subject;
use crate::rule::{FindingCode, Findings};

pub const RECEIVER: Rule = Rule {
    sentence: "The receiver of a message is the party that plays Kanta.",
    codes: &[FindingCode::ReceiverUnknown],
    judge,
};

/// That there is none, or no OID, other rules tell.
fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let expected = &subject.context.profile.party.receiver;
    let receiver = subject.frame.and_then(|frame| frame.receiver.as_ref());
    if let Some(receiver) =
        receiver.filter(|receiver| receiver.value != *expected && Oid::check(&receiver.value).is_ok())
    {
        findings.add(FindingCode::ReceiverUnknown, &receiver.spot, expected.as_str(), receiver.as_str());
    }
}
