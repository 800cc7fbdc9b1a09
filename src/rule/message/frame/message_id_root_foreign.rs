//! The root of a message's identifier is the OID of an organisation: the sender's, or that of its joining node.

use crate::domain::Oid;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::Said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "message-id-root-foreign",
    requirement: "TRA-11",
    sentence: "The root of a message's identifier is the OID of an organisation: the sender's, or that of its joining node.",
    codes: &[FindingCode::MessageIdRootForeign],
    judge,
};

/// Where the message names another sender than the certificate, either is right here. Real messages carry the OID of the
/// node that joins the sender to Kanta, which nobody can know from outside: any organisation's is taken. A root that is no
/// OID, other rules tell.
fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(frame) = subject.frame else { return };
    let Some(id) = frame.message_id.as_ref().filter(|id| Oid::check(&id.root).is_ok()) else { return };
    let caller = subject.context.caller.serial_number.as_deref();
    let sender = frame.sender.as_ref().map(|sender| sender.value.as_str());
    let Some(expected) = caller.or(sender) else { return };
    let organisations = &subject.context.profile.identity.organisation;
    if ![caller, sender].contains(&Some(id.root.as_str())) && !organisations.is_of(&id.root) {
        findings.add(FindingCode::MessageIdRootForeign, &id.spot, Said::value(expected), Said::value(id.root.as_str()));
    }
}
