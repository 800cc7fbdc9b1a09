//! Every attachment is one that the document refers to, and every reference has its attachment.

use memchr::memmem;

use crate::domain::Evidence;
use crate::reading::locate;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::hl7::PackageForm;
use crate::wire::mime::MimePart;
use crate::wire::xml::{parse, without_doctype};
use crate::wire::{Location, Part, referred_content_id};
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "attachment",
    requirement: "STO-35",
    sentence: "Every attachment is one that the document refers to, and every reference has its attachment.",
    codes: &[FindingCode::AttachmentMissing, FindingCode::AttachmentUnreferenced, FindingCode::AttachmentUnfit],
    judge,
};

/// Most documents have no such reference, which shows before they are read.
const SCHEMES: [&[u8]; 3] = [b"cid:", b"CID:", b"Cid:"];

/// A document that comes without a frame, or beside it, has no attachments that could be missing.
fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let (true, Some(frame)) = (subject.reading.is_packed() && subject.archives(), subject.frame_document()) else {
        return;
    };
    let package = frame.package.as_ref().and_then(|package| Some((&package.spot, package.value.as_ref().ok()?)));
    // What has no room for attachments is another finding.
    let Some((spot, package)) = package.filter(|(_, package)| package.form != PackageForm::Bare) else { return };
    let references = references(subject);
    for (id, spot) in references.iter().flatten() {
        if !package.attachments.iter().any(|part| part.id.as_ref() == Some(id)) {
            findings.add(
                FindingCode::AttachmentMissing,
                spot,
                said::a_part_of_the_package_with_this(),
                Said::value(id.as_str()),
            );
        }
    }
    for part in &package.attachments {
        let refers = |known: &Vec<(String, Location)>| known.iter().any(|(id, _)| part.id.as_ref() == Some(id));
        if references.as_ref().is_some_and(|known| !refers(known)) {
            let actual = Said::value_or(part.id.as_deref(), said::nothing());
            findings.add(
                FindingCode::AttachmentUnreferenced,
                spot,
                said::a_content_id_that_the_document_refers(),
                actual,
            );
        }
        judge_part(subject, part, spot, findings);
    }
    let (most, count) = (subject.context.profile.attachment.most, package.attachments.len());
    if count > most {
        findings.add(
            FindingCode::AttachmentUnfit,
            spot,
            said::at_most_attachments(most),
            Said::value(count.to_string()),
        );
    }
}

fn judge_part(subject: &JudgedMessage<'_>, part: &MimePart, spot: &Location, findings: &mut Findings<'_>) {
    let allowed = &subject.context.profile.attachment.media_types;
    if !part.media_type.as_ref().is_some_and(|media_type| allowed.contains(media_type)) {
        let actual = Said::value_or(part.media_type.as_deref(), said::nothing());
        findings.add(FindingCode::AttachmentUnfit, spot, Said::value(allowed.join(" / ")), actual);
    }
    if let Err(error) = &part.body {
        let expected = said::a_part_whose_transfer_encoding_can_be();
        findings.add_as(FindingCode::AttachmentUnfit, Evidence::Standard, spot, expected, error.said());
    }
}

/// Content ids that attributes of the document and of its display form name (RFC 2392), with their places; `None` where one
/// of them cannot be read, which another rule tells.
fn references(subject: &JudgedMessage<'_>) -> Option<Vec<(String, Location)>> {
    let texts = subject.reading.texts();
    let named = texts.into_iter().filter(|(part, _)| matches!(part, Part::Document | Part::DisplayForm));
    let found: Option<Vec<_>> = named.map(|(part, text)| in_text(subject, part, text)).collect();
    found.map(|found| found.into_iter().flatten().collect())
}

fn in_text(subject: &JudgedMessage<'_>, part: Part, text: &str) -> Option<Vec<(String, Location)>> {
    if SCHEMES.iter().all(|scheme| memmem::find(text.as_bytes(), scheme).is_none()) {
        return Some(Vec::new());
    }
    let read = without_doctype(text);
    let tree = parse(&read, part, &subject.context.profile.limits.reading()).ok()?;
    let attributes = tree.descendants().flat_map(|node| node.attributes());
    let found = attributes.filter_map(|one| Some((referred_content_id(one.value())?, one.range().start)));
    // One more than may be there, so that the excess shows.
    let (ids, offsets): (Vec<String>, Vec<usize>) = found.take(subject.context.profile.attachment.most + 1).unzip();
    Some(ids.into_iter().zip(locate(part, text, offsets)).collect())
}
