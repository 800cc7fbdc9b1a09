//! The document group fits the service request.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "document-group-unfit",
    requirement: "STO-04",
    sentence: "The document group fits the service request.",
    codes: &[FindingCode::DocumentGroupUnfit],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let group = subject.header().and_then(|header| header.group.as_ref());
    let Some(group) = group.filter(|group| !group.code.is_empty() && !subject.group_fits(group)) else { return };
    let system = subject.context.profile.oid("document-group");
    let expected = match subject.service_request {
        Some(row) if row.groups.is_empty() => said::no_document_with_service_request(&row.code),
        Some(row) => said::of_for_service_request(row.groups.join(" / "), system, &row.code),
        None => said::a_code_of(system),
    };
    findings.add(
        FindingCode::DocumentGroupUnfit,
        &group.spot,
        expected,
        Said::value(format!("{} ({})", group.code, group.system)),
    );
}
