//! A permit or prohibition comes after the information about Kanta, also as a document.

use crate::domain::Declared;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::Subject;
use crate::rule::declaration::of_document;
use crate::rule::{FindingCode, Findings};
use crate::words::said;

pub const DECLARATION_AFTER_INFORMATION: Rule = Rule {
    sentence: "A permit or prohibition comes after the information about Kanta, also as a document.",
    codes: &[FindingCode::PermitBeforeInformation],
    judge,
};

/// A message that comes again was judged when it came first.
fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let (known, Some(document)) = (subject.context.known, subject.document) else { return };
    let Ok(Some(brought)) = of_document(subject.reading, subject.context.profile) else { return };
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
