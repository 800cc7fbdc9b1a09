//! The content specification is the one of the specific document type, or of the document group.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::LocatedValue;
use crate::words::Said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "content-specification-differs",
    requirement: "STO-07",
    sentence: "The content specification is the one of the specific document type, or of the document group.",
    codes: &[FindingCode::ContentSpecificationDiffers],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    if let Some((stated, expected)) = contradiction(subject) {
        findings.add(
            FindingCode::ContentSpecificationDiffers,
            &stated.spot,
            Said::value(expected),
            Said::value(stated.as_str()),
        );
    }
}

/// Whether the content specification fits the header.
pub fn is_content_specification_fitting(subject: &JudgedMessage<'_>) -> bool {
    contradiction(subject).is_none()
}

/// The content specification as stated, and how it should begin.
fn contradiction<'a>(subject: &JudgedMessage<'a>) -> Option<(&'a LocatedValue<String>, String)> {
    let header = subject.header()?;
    let stated = header.content_specification.as_ref()?;
    let profile = subject.context.profile;
    let (types, groups) = (unversioned(subject, "document-type"), unversioned(subject, "document-group"));
    let expected = match &header.specific_type {
        Some(code) => format!("{types}.{}.", code.code),
        // That the type is missing is another finding.
        None if stated.starts_with(types) => return None,
        // What a row of the profile says of its documents holds, whatever the code of the group.
        None if profile.specification_of_group(subject.group()?) == Some(stated.as_str()) => return None,
        // A group that is not national has no content specification by its code.
        None if profile.group_system(subject.group()?) != profile.oid("document-group") => return None,
        None => format!("{groups}.{}.", subject.group()?),
    };
    (!stated.starts_with(&expected)).then(|| (stated, format!("{expected}…")))
}

/// Content specifications stand under the code system without its version, each under its code.
fn unversioned<'a>(subject: &JudgedMessage<'a>, system: &str) -> &'a str {
    let oid = subject.context.profile.oid(system);
    oid.rsplit_once('.').map_or(oid, |(unversioned, _)| unversioned)
}
