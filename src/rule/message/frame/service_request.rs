//! A message has exactly one service request, told by its code system.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "service-request",
    requirement: "STO-02",
    sentence: "A message has exactly one service request, told by its code system.",
    codes: &[FindingCode::ServiceRequestMissing, FindingCode::ServiceRequestUnknown],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(control_act) = subject.control_act() else { return };
    let profile = subject.context.profile;
    let expected = || said::exactly_one_reason_code_of(profile.oid("service-request"));
    match subject.service_requests.as_slice() {
        [] => findings.add(
            FindingCode::ServiceRequestMissing,
            &control_act.child("reasonCode"),
            expected(),
            said::nothing(),
        ),
        [only] if profile.service_request(only).is_none() => {
            findings.add(
                FindingCode::ServiceRequestUnknown,
                &only.spot,
                said::a_code_of_the_profile(),
                Said::value(only.code.as_str()),
            );
        }
        [_] => {}
        [.., last] => {
            let codes: Vec<&str> = subject.service_requests.iter().map(|code| code.code.as_str()).collect();
            findings.add(FindingCode::ServiceRequestMissing, &last.spot, expected(), Said::value(codes.join(", ")));
        }
    }
}
