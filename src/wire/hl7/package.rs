//! The document package in `clinicalDocument/text`.

use roxmltree::Node;

use super::{Package, PackageForm};
use crate::wire::b64;
use crate::wire::mime::{self, PackageError};
use crate::wire::xml::joined_text;

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Unpacks the document from the `text` element.
pub(super) fn read(text: Node<'_, '_>) -> Result<Package, PackageError> {
    if let Some(reference) = text.children().find(|node| node.tag_name().name() == "reference") {
        return Err(PackageError::Reference(reference.attribute("value").unwrap_or_default().to_owned()));
    }
    let bytes = b64::decode(&joined_text(text)).map_err(|error| PackageError::Base64(error.to_string()))?;
    let start = bytes.strip_prefix(UTF8_MARK).unwrap_or(&bytes).trim_ascii_start();
    if start.starts_with(b"<") {
        return Ok(Package { form: PackageForm::Bare, document: bytes });
    }
    if !mime::looks_like_package(start) {
        return Err(PackageError::Unknown);
    }
    Ok(Package { form: PackageForm::Mime, document: mime::unpack(start)? })
}

#[cfg(test)]
mod tests {
    use super::{Package, PackageError, PackageForm, mime, read};
    use crate::wire::b64;

    fn unpacked(content: &str) -> Result<Package, PackageError> {
        let text = format!("<text>{content}</text>");
        read(roxmltree::Document::parse(&text).expect("well-formed").root_element())
    }

    #[test]
    fn both_forms_are_told_apart() {
        let packed = unpacked(&b64::encode(&mime::pack(b"<a/>")));
        assert_eq!(packed, Ok(Package { form: PackageForm::Mime, document: b"<a/>".to_vec() }));
        let bare = unpacked(&b64::encode(b"\n<a/>"));
        assert_eq!(bare, Ok(Package { form: PackageForm::Bare, document: b"\n<a/>".to_vec() }));
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
