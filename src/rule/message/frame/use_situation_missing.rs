//! A message says in which use situation the archive is used.

use crate::domain::Code;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "use-situation-missing",
    requirement: "STO-02",
    sentence: "A message says in which use situation the archive is used.",
    codes: &[FindingCode::UseSituationMissing],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let (Some(frame), Some(control_act)) = (subject.frame, subject.control_act()) else { return };
    let profile = subject.context.profile;
    let system = profile.oid("use-situation");
    let is_stated = |code: &Code| code.system == system && !code.code.is_empty();
    if !frame.reason_codes.iter().any(|code| is_stated(code) || profile.use_situation(code).is_some()) {
        let expected = said::a_reason_code_of(system);
        findings.add(FindingCode::UseSituationMissing, &control_act.child("reasonCode"), expected, said::nothing());
    }
}
