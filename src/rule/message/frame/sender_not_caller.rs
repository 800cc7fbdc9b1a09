//! The sender of a message is the organisation in the client certificate.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "sender-not-caller",
    requirement: "TRA-04",
    sentence: "The sender of a message is the organisation in the client certificate.",
    codes: &[FindingCode::SenderNotCaller],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(frame) = subject.frame else { return };
    let caller = subject.context.caller.serial_number.as_deref();
    match &frame.sender {
        None => {
            let expected = Said::value_or(caller, said::identifier_of_the_sending_organisation());
            findings.add(
                FindingCode::SenderNotCaller,
                &frame.root.spot.child("sender/device/id"),
                expected,
                said::nothing(),
            );
        }
        Some(sender) => {
            if let Some(caller) = caller.filter(|caller| *caller != sender.value) {
                findings.add(
                    FindingCode::SenderNotCaller,
                    &sender.spot,
                    Said::value(caller),
                    Said::value(sender.as_str()),
                );
            }
        }
    }
}
