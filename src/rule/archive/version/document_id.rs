//! A new document has an identifier that no other document had.

use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::Subject;

pub const DOCUMENT_ID: Rule = Rule {
    sentence: "A new document has an identifier that no other document had.",
    codes: &["document-id-reused"],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let (Some(id), Some(namesake)) = (subject.agreed_id(), &subject.namesake) else { return };
    if subject.archives() && !subject.is_repeated && !subject.is_same_document(namesake) {
        let actual = format!("{}, which version {} of {} has", id.value, namesake.version, namesake.set_id);
        findings.add("document-id-reused", &id.spot, "an identifier that no other document has", actual);
    }
}
