//! The document has a display form in XHTML that is tied to it by identifier.

use roxmltree::Node;

use crate::profile::DisplayForm;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject, or_nothing};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::cda::{ClinicalDocument, NonXmlBody};
use crate::wire::xml::{parse, without_doctype};
use crate::wire::xmldsig::ReferenceTarget;
use crate::wire::{LocatedValue, Location, Part};
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "display-form-wrong",
    requirement: "STO-11",
    sentence: "The document has a display form in XHTML that is tied to it by identifier.",
    codes: &[FindingCode::DisplayFormWrong],
    judge,
};

const CODE: FindingCode = FindingCode::DisplayFormWrong;
const MEDIA_TYPE: &str = "application/xhtml+xml";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let (Some(document), Some(body)) = (subject.document, subject.body()) else { return };
    let id = subject.agreed_id().map(|id| format!("OID{}", id.value));
    if let Some(expected) = id.as_deref().filter(|_| is_referred_to(document)) {
        judge_body_id(body, expected, findings);
    }
    if subject.display_form() != DisplayForm::Xhtml {
        return;
    }
    match body.display_form.as_ref().map(|form| (&form.spot, &form.value)) {
        None => findings.add(CODE, &body.spot.child("text"), Said::value(MEDIA_TYPE), said::nothing()),
        // What cannot be read at all is another finding.
        Some((spot, Err(reason))) if body.pdf.is_some() => {
            findings.add(CODE, spot, said::base64_of_an_xhtml_text(), reason.clone());
        }
        Some((_, Err(_))) => {}
        Some((spot, Ok(text))) => {
            judge_media_type(body.media_type.as_ref(), spot, findings);
            judge_text(subject, text, id.as_deref(), findings);
        }
    }
}

/// Where no signature refers to the body by its identifier, that is what is wrong with the signature.
fn is_referred_to(document: &ClinicalDocument) -> bool {
    let references = document.signatures.iter().flat_map(|signature| &signature.report.references);
    document.signatures.is_empty() || references.into_iter().any(|reference| reference.target == ReferenceTarget::Body)
}

fn judge_body_id(body: &NonXmlBody, expected: &str, findings: &mut Findings<'_>) {
    if body.id.as_ref().is_none_or(|id| id.value != expected) {
        let spot = body.id.as_ref().map_or_else(|| body.spot.child("@ID"), |id| id.spot.clone());
        findings.add(CODE, &spot, Said::value(expected), or_nothing(body.id.as_ref()));
    }
}

fn judge_media_type(media_type: Option<&LocatedValue<String>>, text: &Location, findings: &mut Findings<'_>) {
    if media_type.is_none_or(|media_type| media_type.value != MEDIA_TYPE) {
        let spot = media_type.map_or_else(|| text.child("@mediaType"), |media_type| media_type.spot.clone());
        findings.add(CODE, &spot, Said::value(MEDIA_TYPE), or_nothing(media_type));
    }
}

fn judge_text(subject: &JudgedMessage<'_>, text: &str, id: Option<&str>, findings: &mut Findings<'_>) {
    let text = without_doctype(text);
    let Ok(tree) = parse(&text, Part::DisplayForm, &subject.context.profile.limits.reading()) else { return };
    let root = tree.root_element();
    let spot = Location::at(Part::DisplayForm, format!("/{}", root.tag_name().name()), root.range().start);
    if root.tag_name().namespace() != Some(XHTML) {
        findings.add(CODE, &spot, said::an_element_of(XHTML), name(root));
    } else if let Some(id) = id.filter(|id| root.attribute("id") != Some(id)) {
        findings.add(CODE, &spot.child("@id"), Said::value(id), Said::value_or(root.attribute("id"), said::nothing()));
    }
}

fn name(element: Node<'_, '_>) -> Said {
    let name = element.tag_name();
    match name.namespace() {
        Some(namespace) => Said::value(format!("{} ({namespace})", name.name())),
        None => said::value_no_namespace(name.name()),
    }
}
