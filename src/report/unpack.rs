//! The texts inside a message: the document in its frame, and the two bodies of the document.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mail_parser::{Encoding, MessageParser, PartType};
use roxmltree::{Document, Node};

/// Most documents of one message that are unpacked.
const MOST_DOCUMENTS: usize = 50;

/// The documents that an archive message carries, byte for byte. Empty where it carries none or
/// cannot be read: what is wrong with it is for the rules to say.
pub fn documents(message: &[u8]) -> Vec<Vec<u8>> {
    let Some(tree) = std::str::from_utf8(message).ok().and_then(|text| Document::parse(text).ok()) else {
        return Vec::new();
    };
    let packages = tree.descendants().filter(|node| is_named(*node, "clinicalDocument"));
    packages.filter_map(|package| decoded(child(package, "text")?)).filter_map(unpacked).take(MOST_DOCUMENTS).collect()
}

/// The display form and the JSON of a document, decoded.
pub fn bodies(document: &str) -> (Option<String>, Option<String>) {
    let Ok(tree) = Document::parse(document) else { return (None, None) };
    let Some(body) = tree.descendants().find(|node| is_named(*node, "nonXMLBody")) else { return (None, None) };
    let text_of = |name| child(body, name).and_then(decoded).and_then(|bytes| String::from_utf8(bytes).ok());
    (text_of("text"), text_of("json"))
}

fn is_named(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.descendants().find(|inner| is_named(*inner, name))
}

fn decoded(node: Node<'_, '_>) -> Option<Vec<u8>> {
    let written: String = node.descendants().filter_map(|inner| inner.text()).collect();
    let dense: String = written.split_ascii_whitespace().collect();
    STANDARD.decode(dense).ok().filter(|bytes| !bytes.is_empty())
}

/// The document in a package: the package itself where it is bare XML, else the root part of the
/// MIME package.
fn unpacked(package: Vec<u8>) -> Option<Vec<u8>> {
    if package.trim_ascii_start().starts_with(b"<") {
        return Some(package);
    }
    let message = MessageParser::default().parse(&package)?;
    let part = message.parts.iter().find(|part| !matches!(part.body, PartType::Multipart(_)))?;
    match part.encoding {
        Encoding::None => package.get(part.offset_body as usize..part.offset_end as usize).map(<[u8]>::to_vec),
        Encoding::Base64 | Encoding::QuotedPrintable => Some(part.contents().to_vec()),
    }
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
        for message in ["", "<m", &frame("no package"), &"<m>".repeat(50_000), "<clinicalDocument><text>!</text></clinicalDocument>"] {
            assert_eq!(documents(message.as_bytes()), Vec::<Vec<u8>>::new());
        }
    }
}
