//! A message has exactly one service request, told by its code system.

use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{Subject, under};
use crate::rule::{FindingCode, Findings};
use crate::words::said;

pub const SERVICE_REQUEST: Rule = Rule {
    sentence: "A message has exactly one service request, told by its code system.",
    codes: &[FindingCode::ServiceRequestMissing, FindingCode::ServiceRequestUnknown],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(control_act) = subject.control_act() else { return };
    let profile = subject.context.profile;
    let expected = || said::exactly_one_reason_code_of(profile.oid("service-request"));
    match subject.service_requests.as_slice() {
        [] => findings.add(
            FindingCode::ServiceRequestMissing,
            &under(&control_act, "reasonCode"),
            expected(),
            said::nothing(),
        ),
        [only] if profile.service_request(only).is_none() => {
            findings.add(
                FindingCode::ServiceRequestUnknown,
                &only.spot,
                said::a_code_of_the_profile(),
                only.code.as_str(),
            );
        }
        [_] => {}
        [.., last] => {
            let codes: Vec<&str> = subject.service_requests.iter().map(|code| code.code.as_str()).collect();
            findings.add(FindingCode::ServiceRequestMissing, &last.spot, expected(), codes.join(", "));
        }
    }
}
