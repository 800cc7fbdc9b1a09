//! Display form and structured form can be read: their Base64, their text, their XML or PDF.

use crate::profile::DisplayForm;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::Part;
use crate::wire::cda::NonXmlBody;
use crate::wire::pdf::read_pdf;
use crate::wire::xml::{parse, without_doctype};
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "body-unreadable",
    requirement: "STO-48",
    sentence: "Display form and structured form can be read: their Base64, their text, their XML or PDF.",
    codes: &[CODE],
    judge,
};

const CODE: FindingCode = FindingCode::BodyUnreadable;

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(body) = subject.body() else { return };
    match &body.pdf {
        Some(file) if subject.display_form() == DisplayForm::PdfA => {
            if let Err(error) = read_pdf(file, &[]) {
                findings.add(CODE, &file.spot, said::a_whole_pdf_file(), error.said());
            }
        }
        Some(_) => {}
        None => judge_display_form(subject, body, findings),
    }
    if let Some((spot, Err(reason))) = body.json.as_ref().map(|json| (&json.spot, &json.value)) {
        findings.add(CODE, spot, said::base64_of_a_json_text(), reason.clone());
    }
}

fn judge_display_form(subject: &JudgedMessage<'_>, body: &NonXmlBody, findings: &mut Findings<'_>) {
    let Some(form) = &body.display_form else { return };
    let is_xhtml = subject.display_form() == DisplayForm::Xhtml;
    match &form.value {
        Err(reason) if is_xhtml => findings.add(CODE, &form.spot, said::base64_of_an_xhtml_text(), reason.clone()),
        Err(reason) => findings.add(CODE, &form.spot, said::base64_of_a_pdf_file(), reason.clone()),
        Ok(text) if is_xhtml => {
            if let Err(error) =
                parse(&without_doctype(text), Part::DisplayForm, &subject.context.profile.limits.reading())
            {
                findings.add(CODE, &error.spot, said::well_formed_xhtml(), error.said());
            }
        }
        Ok(_) => {}
    }
}
