//! A message says in which use situation the archive is used.

use crate::domain::Code;
use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{NOTHING, Subject, under};

pub const USE_SITUATION: Rule = Rule {
    sentence: "A message says in which use situation the archive is used.",
    codes: &["use-situation-missing"],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let (Some(frame), Some(control_act)) = (subject.frame, subject.control_act()) else { return };
    let profile = subject.context.profile;
    let system = profile.oid("use-situation");
    let is_stated = |code: &Code| code.system == system && !code.code.is_empty();
    if !frame.reason_codes.iter().any(|code| is_stated(code) || profile.use_situation(code).is_some()) {
        let expected = format!("a reasonCode of {system}");
        findings.add("use-situation-missing", &under(&control_act, "reasonCode"), expected, NOTHING);
    }
}
