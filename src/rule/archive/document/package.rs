//! A message that archives carries its document in a MIME package that can be undone and read.

use crate::domain::Operation;
use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{NOTHING, Subject, under};
use crate::wire::hl7::PackageForm;

pub const PACKAGE: Rule = Rule {
    sentence: "A message that archives carries its document in a MIME package that can be undone and read.",
    codes: &["document-missing", "package-unreadable", "package-not-mime"],
    judge,
};

const PACKAGE_FORM: &str = "Base64 of a MIME package multipart/related with the CDA document as root part";

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    if let Some(Err(error)) = &subject.reading.document {
        findings.add("package-unreadable", &error.spot, "a CDA document", error.to_string());
    }
    if subject.reading.is_packed() && subject.archives() {
        judge_package(subject, findings);
    }
}

fn judge_package(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(control_act) = subject.control_act() else { return };
    let Some(document) = subject.frame_document() else {
        findings.add("document-missing", &under(&control_act, "subject/clinicalDocument"), "a document", NOTHING);
        return;
    };
    match document.package.as_ref().map(|package| (&package.spot, &package.value)) {
        // A nullification may name the document alone.
        None if subject.operation == Operation::Nullify => {}
        None => findings.add("document-missing", &under(&document.spot, "text"), PACKAGE_FORM, NOTHING),
        Some((spot, Err(error))) => findings.add("package-unreadable", spot, PACKAGE_FORM, error.to_string()),
        Some((spot, Ok(package))) if package.form == PackageForm::Bare => {
            findings.add("package-not-mime", spot, PACKAGE_FORM, "Base64 of the CDA document alone");
        }
        Some((_, Ok(_))) => {}
    }
}
