//! The general document type is the one that the schema of the content specification names.

use crate::rule::message::document::content_specification_differs::is_content_specification_fitting;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::Said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "general-type-differs",
    requirement: "STO-38",
    sentence: "The general document type is the one that the schema of the content specification names.",
    codes: &[FindingCode::GeneralTypeDiffers],
    judge,
};

/// Schemas name the type and do not tell its code; a type that the profile does not know is not compared.
fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let stated = subject.document.and_then(|document| document.document_type.as_ref());
    let specification = subject.header().and_then(|header| header.content_specification.as_ref());
    let (Some(stated), Some(specification)) = (stated, specification) else { return };
    let profile = subject.context.profile;
    let named = subject.context.schemas.general_type(specification).and_then(|name| profile.document_type.named(name));
    let is_comparable = stated.system == profile.oid("document-type") && is_content_specification_fitting(subject);
    if let Some(row) = named.filter(|row| is_comparable && row.code != stated.code) {
        let expected = format!("{} ({})", row.code, row.name);
        findings.add_as(
            FindingCode::GeneralTypeDiffers,
            row.evidence,
            &stated.spot,
            Said::value(expected),
            Said::value(stated.code.as_str()),
        );
    }
}
