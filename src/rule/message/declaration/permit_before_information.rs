//! A permit or prohibition comes after the information about Kanta, also as a document.

use crate::domain::Declared;
use crate::reading::document_declaration;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "permit-before-information",
    requirement: "DEC-02",
    sentence: "A permit or prohibition comes after the information about Kanta, also as a document.",
    codes: &[FindingCode::PermitBeforeInformation],
    judge,
};

/// A message that comes again was judged when it came first.
fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let (known, Some(document)) = (subject.context.known, subject.document) else { return };
    let Ok(Some(brought)) = document_declaration(subject.reading, subject.context.profile) else { return };
    let needs_information = brought.declared.is_some_and(|declared| declared != Declared::Information);
    if known.is_complete() && needs_information && !subject.is_repeated && !known.is_informed(&brought.person) {
        let group = document.header.as_ref().and_then(|header| header.group.as_ref());
        let spot = group.map_or(&document.spot, |group| &group.spot);
        findings.add(
            FindingCode::PermitBeforeInformation,
            spot,
            said::the_information_about_kanta_before(),
            said::none(),
        );
    }
}
