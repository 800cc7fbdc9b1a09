//! A message has exactly one service request, told by its code system.

use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{NOTHING, Subject, under};

pub const SERVICE_REQUEST: Rule = Rule {
    sentence: "A message has exactly one service request, told by its code system.",
    codes: &["service-request-missing", "service-request-unknown"],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(control_act) = subject.control_act() else { return };
    let profile = subject.context.profile;
    let expected = || format!("exactly one reasonCode of {}", profile.oid("service-request"));
    match subject.service_requests.as_slice() {
        [] => findings.add("service-request-missing", &under(&control_act, "reasonCode"), expected(), NOTHING),
        [only] if profile.service_request(only).is_none() => {
            findings.add("service-request-unknown", &only.spot, "a code of the profile", only.code.as_str());
        }
        [_] => {}
        [.., last] => {
            let codes: Vec<&str> = subject.service_requests.iter().map(|code| code.code.as_str()).collect();
            findings.add("service-request-missing", &last.spot, expected(), codes.join(", "));
        }
    }
}
