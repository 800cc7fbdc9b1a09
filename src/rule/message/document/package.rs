//! The document comes in a MIME package that can be undone and read.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::hl7::PackageForm;
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "package",
    requirement: "STO-06",
    sentence: "The document comes in a MIME package that can be undone and read.",
    codes: &[FindingCode::PackageUnreadable, FindingCode::PackageNotMime],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    if let Some(Err(error)) = &subject.reading.document {
        findings.add(FindingCode::PackageUnreadable, &error.spot, said::a_cda_document(), error.said());
    }
    if subject.reading.is_packed() && subject.archives() {
        judge_package(subject, findings);
    }
}

fn judge_package(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(package) = subject.frame_document().and_then(|document| document.package.as_ref()) else { return };
    let expected = said::base64_of_a_mime_package_multipart_related;
    match &package.value {
        Err(error) => findings.add(FindingCode::PackageUnreadable, &package.spot, expected(), error.said()),
        Ok(content) if content.form == PackageForm::Bare => {
            let actual = said::base64_of_the_cda_document_alone();
            findings.add(FindingCode::PackageNotMime, &package.spot, expected(), actual);
        }
        Ok(_) => {}
    }
}
