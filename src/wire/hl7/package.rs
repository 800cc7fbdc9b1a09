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
