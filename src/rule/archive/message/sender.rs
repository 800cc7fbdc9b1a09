//! The sender of a message is the organisation in the client certificate.

use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{Subject, under};
use crate::rule::{FindingCode, Findings};
use crate::words::{Said, said};

pub const SENDER: Rule = Rule {
    sentence: "The sender of a message is the organisation in the client certificate.",
    codes: &[FindingCode::SenderNotCaller],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(frame) = subject.frame else { return };
    let caller = subject.context.caller.serial_number.as_deref();
    match &frame.sender {
        None => {
            let expected = Said::value_or(caller, said::identifier_of_the_sending_organisation());
            findings.add(
                FindingCode::SenderNotCaller,
                &under(&frame.root.spot, "sender/device/id"),
                expected,
                said::nothing(),
            );
        }
        Some(sender) => {
            if let Some(caller) = caller.filter(|caller| *caller != sender.value) {
                findings.add(FindingCode::SenderNotCaller, &sender.spot, caller, sender.as_str());
            }
        }
    }
}
