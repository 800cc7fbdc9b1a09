//! A display form in PDF is a PDF/A file that says so, that nothing locks and that does nothing by itself.

use crate::profile::DisplayForm;
use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{NOTHING, Subject, or_nothing, under};
use crate::wire::pdf::{Claim, PdfFacts, read_pdf};
use crate::wire::{Placed, Spot};

pub const PDF_FORM: Rule = Rule {
    sentence: "A display form in PDF is a PDF/A file that says so, that nothing locks and that does nothing by itself.",
    codes: &["pdf-form-wrong", "pdf-a-not-claimed", "pdf-a-forbidden", "pdf-embeds-file"],
    judge,
};

const FILE: &str = "Base64 of a PDF file";

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(body) = subject.body().filter(|_| subject.display_form() == DisplayForm::PdfA) else { return };
    let Some(spot) = body.display_form.as_ref().map(|form| &form.spot) else {
        return findings.add("pdf-form-wrong", &under(&body.spot, "text"), FILE, NOTHING);
    };
    judge_media_type(subject, body.media_type.as_ref(), spot, findings);
    match &body.pdf {
        None => findings.add("pdf-form-wrong", spot, FILE, reason(subject)),
        Some(file) => judge_file(subject, file, findings),
    }
}

/// Why the display form is no PDF file.
fn reason<'a>(subject: &Subject<'a>) -> &'a str {
    let form = subject.body().and_then(|body| body.display_form.as_ref());
    form.and_then(|form| form.value.as_ref().err()).map_or("a text", String::as_str)
}

fn judge_media_type(
    subject: &Subject<'_>,
    media_type: Option<&Placed<String>>,
    text: &Spot,
    findings: &mut Findings<'_>,
) {
    let rows = &subject.context.profile.display_form;
    let Some(row) = rows.iter().find(|row| row.form == DisplayForm::PdfA) else { return };
    if media_type.is_none_or(|media_type| media_type.value != row.media_type) {
        let spot = media_type.map_or_else(|| under(text, "@mediaType"), |media_type| media_type.spot.clone());
        findings.add("pdf-form-wrong", &spot, row.media_type.as_str(), or_nothing(media_type));
    }
}

fn judge_file(subject: &Subject<'_>, file: &Placed<Vec<u8>>, findings: &mut Findings<'_>) {
    let rules = &subject.context.profile.pdf;
    let sought: Vec<&str> = rules.forbidden.iter().chain(&rules.embedded).map(String::as_str).collect();
    match read_pdf(file, &sought) {
        Err(error) => findings.add("pdf-form-wrong", &file.spot, "a whole PDF file", error.to_string()),
        Ok(facts) => {
            judge_claim(&facts.claim, &rules.parts, &file.spot, findings);
            judge_names(&facts, "pdf-a-forbidden", &rules.forbidden, &file.spot, findings);
            judge_names(&facts, "pdf-embeds-file", &rules.embedded, &file.spot, findings);
        }
    }
}

fn judge_claim(claim: &Claim, parts: &[String], spot: &Spot, findings: &mut Findings<'_>) {
    let actual = match claim {
        Claim::PdfA { part, .. } if parts.contains(part) => return,
        Claim::PdfA { part, .. } => part.clone(),
        Claim::NoMetadata => "no metadata".to_owned(),
        Claim::Nothing => "metadata without pdfaid:part".to_owned(),
        Claim::Unreadable(reason) => format!("metadata that cannot be read: {reason}"),
    };
    let expected = format!("pdfaid:part {} in the XMP metadata", parts.join(" / "));
    findings.add("pdf-a-not-claimed", spot, expected, actual);
}

fn judge_names(facts: &PdfFacts, code: &str, names: &[String], spot: &Spot, findings: &mut Findings<'_>) {
    let found: Vec<&str> = facts.names.iter().filter(|name| names.contains(name)).map(String::as_str).collect();
    if !found.is_empty() {
        findings.add(code, spot, "none of them", found.join(", "));
    }
}
