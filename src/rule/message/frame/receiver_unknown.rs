//! The receiver of a message is the party that plays Kanta.

use crate::domain::Oid;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::Said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "receiver-unknown",
    requirement: "TRA-10",
    sentence: "The receiver of a message is the party that plays Kanta.",
    codes: &[FindingCode::ReceiverUnknown],
    judge,
};

/// That there is none, or no OID, other rules tell.
fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let expected = &subject.context.profile.party.receiver;
    let receiver = subject.frame.and_then(|frame| frame.receiver.as_ref());
    if let Some(receiver) =
        receiver.filter(|receiver| receiver.value != *expected && Oid::check(&receiver.value).is_ok())
    {
        findings.add(
            FindingCode::ReceiverUnknown,
            &receiver.spot,
            Said::value(expected.as_str()),
            Said::value(receiver.as_str()),
        );
    }
}
