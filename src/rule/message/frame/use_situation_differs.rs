//! A search in another controller's register states another use situation than use of the own register.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::hl7::Contents;
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "use-situation-differs",
    requirement: "ACC-06",
    sentence: "A search in another controller's register states another use situation than use of the own register.",
    codes: &[FindingCode::UseSituationDiffers],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(frame) = subject.frame else { return };
    let (Contents::Query(query), Some(sender)) = (&frame.contents, &frame.sender) else { return };
    let profile = subject.context.profile;
    let system = profile.oid("use-situation");
    let own = &profile.party.own_register_use;
    let stated = frame.reason_codes.iter().find(|code| code.system == system && code.code == *own);
    let controller = query.parameters.iter().find(|parameter| parameter.name == profile.query.controller);
    let foreign = controller.filter(|controller| controller.main != sender.value);
    if let (Some(stated), Some(controller)) = (stated, foreign) {
        let expected = said::another_use_situation_than_for(own, &controller.main);
        findings.add(FindingCode::UseSituationDiffers, &stated.spot, expected, Said::value(own.as_str()));
    }
}
