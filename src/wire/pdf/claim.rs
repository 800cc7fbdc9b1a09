//! What the metadata of a file say of PDF/A (ISO 19005-1, 6.7): an XMP packet with a part and a conformance level.

use roxmltree::{Document, Node};

use super::file::{PdfError, PdfFile};
use super::objects::{Objects, reference};
use crate::wire::Part;
use crate::wire::xml::{ReadLimits, decode, parse};
use crate::words::Said;

const PDF_A: &str = "http://www.aiim.org/pdfa/ns/id/";
const MOST_BYTES: usize = 1024 * 1024;
const DEEPEST: usize = 64;

/// What the metadata claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PdfClaim {
    /// There are none.
    NoMetadata,
    /// They are no XML that can be read.
    Unreadable(Said),
    /// They do not say that the file is PDF/A.
    Nothing,
    /// They say that it is.
    PdfA {
        /// Part of ISO 19005.
        part: String,
        /// Level; empty where none is given.
        conformance: String,
    },
}

/// The claim in the metadata of the catalog, whose text is `catalog`.
pub(super) fn claim(file: &PdfFile<'_>, objects: &Objects<'_>, catalog: &[u8]) -> Result<PdfClaim, PdfError> {
    let metadata = reference(catalog, "Metadata").and_then(|number| objects.get(number)?.stream);
    let Some(stream) = metadata else { return Ok(PdfClaim::NoMetadata) };
    let inflated = file.inflated(&stream)?;
    Ok(in_packet(inflated.as_deref().unwrap_or(stream.data)))
}

fn in_packet(packet: &[u8]) -> PdfClaim {
    let limits = ReadLimits { bytes: MOST_BYTES, depth: DEEPEST };
    let part = Part::DisplayForm;
    let packet = packet.trim_ascii_end();
    let read = decode(packet, part, &limits).and_then(|text| Ok(of_tree(&parse(&text, part, &limits)?)));
    read.unwrap_or_else(|error| PdfClaim::Unreadable(error.said()))
}

/// Each property is an attribute or an element, as RDF lets both be.
fn of_tree(tree: &Document<'_>) -> PdfClaim {
    let property = |name: &str| {
        let of = |node: Node<'_, '_>| {
            let element = node.has_tag_name((PDF_A, name)).then(|| node.text()).flatten();
            element.or_else(|| node.attribute((PDF_A, name))).map(|text| text.trim().to_owned())
        };
        tree.descendants().find_map(of)
    };
    match property("part") {
        None => PdfClaim::Nothing,
        Some(part) => PdfClaim::PdfA { part, conformance: property("conformance").unwrap_or_default() },
    }
}
