//! The texts inside a message: the document in its frame, and the two bodies of the document.
//!
//! What cannot be read gives nothing here: what is wrong with it is for the rules to say.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use roxmltree::Node;

use crate::wire::xml::{ReadLimits, decode, joined_text, line_feeds, parse};
use crate::wire::{Part, mime};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// Most documents of one message that are unpacked.
const MOST_DOCUMENTS: usize = 50;

/// The documents that an archive message carries, byte for byte.
pub fn documents(message: &[u8]) -> Vec<Vec<u8>> {
    let limits = ReadLimits::default();
    let text = decode(message, Part::Frame, &limits).unwrap_or_default();
    let Ok(tree) = parse(&text, Part::Frame, &limits) else { return Vec::new() };
    let packages = tree.descendants().filter(|node| is_named(*node, "clinicalDocument"));
    packages.filter_map(|package| decoded(child(package, "text")?)).filter_map(document).take(MOST_DOCUMENTS).collect()
}

/// The display form and the JSON of a document, decoded.
pub fn bodies(document: &str) -> (Option<String>, Option<String>) {
    let Ok(tree) = parse(document, Part::Document, &ReadLimits::default()) else { return (None, None) };
    let Some(body) = tree.descendants().find(|node| is_named(*node, "nonXMLBody")) else { return (None, None) };
    let text_of = |name| child(body, name).and_then(decoded).and_then(|bytes| String::from_utf8(bytes).ok());
    (text_of("text"), text_of("json"))
}

/// The text of a body as places count in it; replacement characters where it is no UTF-8.
pub fn text(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body));
    if text.trim_start().starts_with('<') { line_feeds(&text).into_owned() } else { text.into_owned() }
}

/// The document in a package: the package itself where it is bare XML, else the root part of the
/// MIME package.
fn document(package: Vec<u8>) -> Option<Vec<u8>> {
    if package.trim_ascii_start().starts_with(b"<") {
        return Some(package);
    }
    mime::unpack(&package).ok()
}

fn is_named(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|inner| is_named(*inner, name))
}

fn decoded(node: Node<'_, '_>) -> Option<Vec<u8>> {
    let dense: String = joined_text(node).split_ascii_whitespace().collect();
    STANDARD.decode(dense).ok().filter(|bytes| !bytes.is_empty())
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    use super::{bodies, documents};

    fn frame(package: &str) -> String {
        let text = STANDARD.encode(package);
        format!("<m xmlns='urn:hl7-org:v3'><clinicalDocument><text>\n{text}\n</text></clinicalDocument></m>")
    }

    #[test]
    fn takes_the_document_out_byte_for_byte() {
        let document = "<?xml version=\"1.0\"?>\n<ClinicalDocument>ä \r\n</ClinicalDocument>\n";
        let head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b1\"; type=\"text/xml\"\r\n\r\n";
        let plain = format!("{head}--b1\r\nContent-Type: text/xml; charset=UTF-8\r\n\r\n{document}\r\n--b1--\r\n");
        let encoded = format!(
            "{head}--b1\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--b1--\r\n",
            STANDARD.encode(document)
        );
        for package in [document, &plain, &encoded] {
            assert_eq!(documents(frame(package).as_bytes()), [document.as_bytes()], "{package}");
        }
    }

    #[test]
    fn decodes_both_bodies() {
        let document = format!(
            "<ClinicalDocument xmlns='urn:hl7-org:v3' xmlns:f='urn:hl7finland'><nonXMLBody><text>{}</text>\
             <f:json>{}</f:json></nonXMLBody></ClinicalDocument>",
            STANDARD.encode("<div/>"),
            STANDARD.encode("{}")
        );
        assert_eq!(bodies(&document), (Some("<div/>".into()), Some("{}".into())));
        assert_eq!(bodies("<ClinicalDocument/>"), (None, None));
    }

    #[test]
    fn what_cannot_be_read_gives_nothing() {
        for message in [
            "",
            "<m",
            &frame("no package"),
            &"<m>".repeat(50_000),
            "<clinicalDocument><text>!</text></clinicalDocument>",
        ] {
            assert_eq!(documents(message.as_bytes()), Vec::<Vec<u8>>::new());
        }
    }
}
