//! The sender of a message is the organisation in the client certificate.

use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{NOTHING, Subject, under};

pub const SENDER: Rule = Rule {
    sentence: "The sender of a message is the organisation in the client certificate.",
    codes: &["sender-not-caller"],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(frame) = subject.frame else { return };
    let caller = subject.context.caller.serial_number.as_deref();
    match &frame.sender {
        None => {
            let expected = caller.unwrap_or("identifier of the sending organisation");
            findings.add("sender-not-caller", &under(&frame.root.spot, "sender/device/id"), expected, NOTHING);
        }
        Some(sender) => {
            if let Some(caller) = caller.filter(|caller| *caller != sender.value) {
                findings.add("sender-not-caller", &sender.spot, caller, sender.as_str());
            }
        }
    }
}
