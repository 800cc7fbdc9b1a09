//! A message that archives carries its document in a MIME package that can be undone and read.

use crate::domain::Operation;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{Subject, under};
use crate::rule::{FindingCode, Findings};
use crate::wire::hl7::PackageForm;
use crate::words::said;

pub const PACKAGE: Rule = Rule {
    sentence: "A message that archives carries its document in a MIME package that can be undone and read.",
    codes: &[FindingCode::DocumentMissing, FindingCode::PackageUnreadable, FindingCode::PackageNotMime],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    if let Some(Err(error)) = &subject.reading.document {
        findings.add(FindingCode::PackageUnreadable, &error.spot, said::a_cda_document(), error.said());
    }
    if subject.reading.is_packed() && subject.archives() {
        judge_package(subject, findings);
    }
}

fn judge_package(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(control_act) = subject.control_act() else { return };
    let Some(document) = subject.frame_document() else {
        findings.add(
            FindingCode::DocumentMissing,
            &under(&control_act, "subject/clinicalDocument"),
            said::a_document(),
            said::nothing(),
        );
        return;
    };
    match document.package.as_ref().map(|package| (&package.spot, &package.value)) {
        // A nullification may name the document alone.
        None if subject.operation == Operation::Nullify => {}
        None => findings.add(
            FindingCode::DocumentMissing,
            &under(&document.spot, "text"),
            said::base64_of_a_mime_package_multipart_related(),
            said::nothing(),
        ),
        Some((spot, Err(error))) => findings.add(
            FindingCode::PackageUnreadable,
            spot,
            said::base64_of_a_mime_package_multipart_related(),
            error.said(),
        ),
        Some((spot, Ok(package))) if package.form == PackageForm::Bare => {
            findings.add(
                FindingCode::PackageNotMime,
                spot,
                said::base64_of_a_mime_package_multipart_related(),
                said::base64_of_the_cda_document_alone(),
            );
        }
        Some((_, Ok(_))) => {}
    }
}
