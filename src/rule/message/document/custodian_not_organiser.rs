//! In the service organiser's own register the custodian is the organiser.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::hl7::Frame;
use crate::words::Said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "custodian-not-organiser",
    requirement: "STO-07",
    sentence: "In the service organiser's own register the custodian is the organiser.",
    codes: &[FindingCode::CustodianNotOrganiser],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let organiser = subject.header().and_then(|header| header.organiser.as_ref());
    let (Some(custodian), Some(organiser)) = (subject.agreed_custodian(), organiser) else { return };
    if uses_own_register(subject) && custodian.value != organiser.value {
        findings.add(
            FindingCode::CustodianNotOrganiser,
            &custodian.spot,
            Said::value(organiser.as_str()),
            Said::value(custodian.as_str()),
        );
    }
}

/// A document without a frame says nothing else, so it counts as one of the own register.
fn uses_own_register(subject: &JudgedMessage<'_>) -> bool {
    let profile = subject.context.profile;
    let system = profile.oid("use-situation");
    let situation =
        |frame: &Frame| frame.reason_codes.iter().find(|code| code.system == system).map(|code| code.code.clone());
    subject.frame.and_then(situation).is_none_or(|code| code == profile.party.own_register_use)
}
