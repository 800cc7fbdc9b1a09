//! A display form in PDF is a PDF/A file that says so, that nothing locks and that does nothing by itself.

use crate::domain::Evidence;
use crate::profile::DisplayForm;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject, or_nothing};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::pdf::{PdfClaim, PdfFacts, read_pdf};
use crate::wire::{LocatedValue, Location};
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "pdf",
    requirement: "STO-31",
    sentence: "A display form in PDF is a PDF/A file that says so, that nothing locks and that does nothing by itself.",
    codes: &[
        FindingCode::PdfFormWrong,
        FindingCode::PdfANotClaimed,
        FindingCode::PdfAForbidden,
        FindingCode::PdfEmbedsFile,
    ],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(body) = subject.body().filter(|_| subject.display_form() == DisplayForm::PdfA) else { return };
    let Some(spot) = body.display_form.as_ref().map(|form| &form.spot) else {
        return findings.add(
            FindingCode::PdfFormWrong,
            &body.spot.child("text"),
            said::base64_of_a_pdf_file(),
            said::nothing(),
        );
    };
    judge_media_type(subject, body.media_type.as_ref(), spot, findings);
    let is_text = body.display_form.as_ref().is_some_and(|form| form.value.is_ok());
    match &body.pdf {
        None if is_text => findings.add(FindingCode::PdfFormWrong, spot, said::base64_of_a_pdf_file(), said::a_text()),
        None => {}
        Some(file) => judge_file(subject, file, findings),
    }
}

fn judge_media_type(
    subject: &JudgedMessage<'_>,
    media_type: Option<&LocatedValue<String>>,
    text: &Location,
    findings: &mut Findings<'_>,
) {
    let rows = &subject.context.profile.display_form;
    let Some(row) = rows.iter().find(|row| row.form == DisplayForm::PdfA) else { return };
    if media_type.is_none_or(|media_type| media_type.value != row.media_type) {
        let spot = media_type.map_or_else(|| text.child("@mediaType"), |media_type| media_type.spot.clone());
        findings.add(FindingCode::PdfFormWrong, &spot, Said::value(row.media_type.as_str()), or_nothing(media_type));
    }
}

fn judge_file(subject: &JudgedMessage<'_>, file: &LocatedValue<Vec<u8>>, findings: &mut Findings<'_>) {
    let rules = &subject.context.profile.pdf;
    let sought: Vec<&str> = rules.forbidden.iter().chain(&rules.embedded).map(String::as_str).collect();
    match read_pdf(file, &sought) {
        // One that cannot be read is another finding.
        Err(_) => {}
        Ok(facts) => {
            judge_claim(&facts.claim, &rules.parts, &file.spot, findings);
            judge_names(&facts, FindingCode::PdfAForbidden, &rules.forbidden, &file.spot, findings);
            judge_names(&facts, FindingCode::PdfEmbedsFile, &rules.embedded, &file.spot, findings);
        }
    }
}

fn judge_claim(claim: &PdfClaim, parts: &[String], spot: &Location, findings: &mut Findings<'_>) {
    let actual = match claim {
        PdfClaim::PdfA { part, .. } if parts.contains(part) => return,
        PdfClaim::PdfA { part, .. } => Said::value(part),
        PdfClaim::NoMetadata => said::no_metadata(),
        PdfClaim::Nothing => said::metadata_without_pdfaid_part(),
        PdfClaim::Unreadable(reason) => said::metadata_that_cannot_be_read(reason.clone()),
    };
    let expected = said::pdfaid_part_in_the_xmp_metadata(parts.join(" / "));
    // Metadata that cannot be read claim nothing that could be judged.
    match claim {
        PdfClaim::Unreadable(_) => {
            findings.add_as(FindingCode::PdfANotClaimed, Evidence::Standard, spot, expected, actual);
        }
        _ => findings.add(FindingCode::PdfANotClaimed, spot, expected, actual),
    }
}

fn judge_names(facts: &PdfFacts, code: FindingCode, names: &[String], spot: &Location, findings: &mut Findings<'_>) {
    let found: Vec<&str> = facts.names.iter().filter(|name| names.contains(name)).map(String::as_str).collect();
    if !found.is_empty() {
        findings.add(code, spot, said::none_of_them(), Said::value(found.join(", ")));
    }
}
