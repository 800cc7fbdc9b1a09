//! The document package in `clinicalDocument/text`.

use roxmltree::Node;

use super::{Package, PackageForm};
use crate::wire::mime::{self, MimePart, PackageError};
use crate::wire::xml::joined_text;
use crate::wire::{b64, referred_content_id};

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";
const XOP: &str = "http://www.w3.org/2004/08/xop/include";
/// How XML in UTF-16 begins, with and without its mark.
const WIDE_STARTS: [&[u8]; 3] = [b"\xFF\xFE", b"\xFE\xFF", b"\0<"];

/// Unpacks the document from the `text` element, or from the one of `parts` to which it refers: the parts of the
/// request beside its envelope. All other parts are its attachments.
pub(super) fn read(text: Node<'_, '_>, parts: &[MimePart]) -> Result<Package, PackageError> {
    if let Some(reference) = text.children().find(|node| node.tag_name().name() == "reference") {
        return attached(reference.attribute("value").unwrap_or_default(), parts);
    }
    if let Some(include) = text.children().find(|node| node.has_tag_name((XOP, "Include"))) {
        return part_of(include.attribute("href").unwrap_or_default(), parts);
    }
    let bytes = b64::decode(&joined_text(text)).map_err(|error| PackageError::Base64(b64::said_of(&error)))?;
    let mut package = opened(bytes)?;
    package.attachments.extend_from_slice(parts);
    Ok(package)
}

/// The part that `reference` names, as the document.
fn attached(reference: &str, parts: &[MimePart]) -> Result<Package, PackageError> {
    Ok(Package { form: PackageForm::Attached, ..part_of(reference, parts)? })
}

/// What the part holds whose content id `reference` names: by XOP the bytes that would stand in Base64 (XOP 1.0, 3.2).
fn part_of(reference: &str, parts: &[MimePart]) -> Result<Package, PackageError> {
    let named = referred_content_id(reference);
    let names = |part: &&MimePart| part.id.is_some() && part.id == named;
    let Some(own) = parts.iter().find(names) else { return Err(PackageError::Reference(reference.to_owned())) };
    let mut package = opened(own.body.clone()?)?;
    package.attachments.extend(parts.iter().filter(|part| *part != own).cloned());
    Ok(package)
}

fn opened(bytes: Vec<u8>) -> Result<Package, PackageError> {
    let start = bytes.strip_prefix(UTF8_MARK).unwrap_or(&bytes).trim_ascii_start();
    if start.starts_with(b"<") || WIDE_STARTS.iter().any(|wide| bytes.starts_with(wide)) {
        return Ok(Package { form: PackageForm::Bare, document: bytes, charset: None, attachments: Vec::new() });
    }
    if !mime::looks_like_package(start) {
        return Err(PackageError::Unknown);
    }
    let mime::OpenedPackage { root, charset, others } = mime::open(start)?;
    Ok(Package { form: PackageForm::Mime, document: root, charset, attachments: others })
}

#[cfg(test)]
mod tests {
    use super::{MimePart, Package, PackageError, PackageForm, mime, read};
    use crate::wire::b64;

    fn unpacked(content: &str) -> Result<Package, PackageError> {
        let text = format!("<text>{content}</text>");
        read(roxmltree::Document::parse(&text).expect("well-formed").root_element(), &[])
    }

    #[test]
    fn both_forms_are_told_apart() {
        let packed = unpacked(&b64::encode(&mime::pack(b"<a/>")));
        assert_eq!(
            packed,
            Ok(Package {
                form: PackageForm::Mime,
                document: b"<a/>".to_vec(),
                charset: Some("UTF-8".to_owned()),
                attachments: Vec::new()
            })
        );
        let bare = unpacked(&b64::encode(b"\n<a/>"));
        assert_eq!(
            bare,
            Ok(Package {
                form: PackageForm::Bare,
                document: b"\n<a/>".to_vec(),
                charset: None,
                attachments: Vec::new()
            })
        );
    }

    #[test]
    fn a_part_of_the_request_is_the_document_that_is_referred_to() {
        let part = |id: &str, body: &[u8]| MimePart { id: Some(id.into()), media_type: None, body: Ok(body.to_vec()) };
        let parts = [part("other", b"x"), part("document", b"<a/>")];
        let text = roxmltree::Document::parse("<text><reference value='cid:document'/></text>").expect("well-formed");
        let package = read(text.root_element(), &parts).expect("package");
        assert_eq!((package.form, package.document.as_slice()), (PackageForm::Attached, b"<a/>".as_slice()));
        assert_eq!(package.attachments, parts[..1]);
    }

    #[test]
    fn a_part_that_stands_for_the_base64_is_read_as_its_bytes() {
        let part = |id: &str, body: &[u8]| MimePart { id: Some(id.into()), media_type: None, body: Ok(body.to_vec()) };
        let parts = [part("d@k", &mime::pack(b"<a/>")), part("other", b"x")];
        let text = format!("<text><i:Include xmlns:i='{}' href='cid:d%40k'/></text>", super::XOP);
        let text = roxmltree::Document::parse(&text).expect("well-formed");
        let package = read(text.root_element(), &parts).expect("package");
        assert_eq!((package.form, package.document.as_slice()), (PackageForm::Mime, b"<a/>".as_slice()));
        assert_eq!(package.attachments, parts[1..]);
    }

    #[test]
    fn line_ends_and_comments_around_and_inside_are_passed_over() {
        let base64 = b64::encode(b"<a/>");
        let (start, end) = base64.split_at(3);
        let wild = unpacked(&format!("\r\n<!-- a -->\r\n  {start}<!-- b -->\r\n\t{end}\r\n<!-- c -->"));
        assert_eq!(wild.map(|package| package.document), Ok(b"<a/>".to_vec()));
    }

    #[test]
    fn what_is_no_document_is_named() {
        assert_eq!(unpacked("<reference value='cid:1'/>"), Err(PackageError::Reference("cid:1".into())));
        assert!(matches!(unpacked("mimeEncode/DXS dat="), Err(PackageError::Base64(_))));
        assert_eq!(unpacked(""), Err(PackageError::Unknown));
        assert_eq!(unpacked(&b64::encode(b"%PDF-1.4")), Err(PackageError::Unknown));
    }
}
