//! Kanta's answers: acknowledgements, results of queries, faults.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mail_parser::{MessageParser, MessagePart, MimeHeaders};
use roxmltree::{Document, Node};
use serde_json::Value;

use super::body::text_of;
use super::codes::CodeTable;
use super::draft::{DocumentKind, VersionId};
use super::ending::ShownError;
use super::summary_row::{SummaryRow, rows as summary_rows};
use super::xml::{FINLAND, HL7, SOAP11, SOAP12};

/// A readable answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Whether the acknowledgement says AA or CA.
    pub accepted: bool,
    /// Root and extension of the message answered.
    pub target: (String, String),
    /// Its errors; warnings are left out.
    pub errors: Vec<ShownError>,
    /// What a query found; `None` in answers to other messages.
    pub results: Option<Results>,
}

/// Results of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    pub documents: Vec<FoundDocument>,
    /// Number of the first result that is not among them, where the archive has more.
    pub next: Option<usize>,
    /// Rows of a summary.
    pub summary: Vec<SummaryRow>,
}

/// A document that a query found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundDocument {
    /// Which version of which document.
    pub version: VersionId,
    /// Whether its status is NULLIFIED.
    pub nullified: bool,
    /// Its content, where it was asked for and could be read.
    pub content: Option<FoundContent>,
}

/// What the system reads from a document of the archive.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundContent {
    pub kind: DocumentKind,
    pub document_type: Option<String>,
    /// Its matter or client relationship.
    pub above: Option<String>,
    pub text: String,
    /// What came beside it: content id, media type, bytes.
    pub attachments: Vec<(String, String, Vec<u8>)>,
}

/// What an answer lacks whose acknowledgement code is in no table.
pub const ACKNOWLEDGEMENT_TYPE: &str = "the type of the acknowledgement";

/// Why what came is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// Not XML.
    #[error("the answer is not readable")]
    Unreadable,
    /// A SOAP fault.
    #[error("Kanta reports a fault: {0}")]
    Fault(String),
    /// XML without what an answer needs.
    #[error("the answer lacks {0}")]
    Incomplete(&'static str),
}

impl Answer {
    /// Reads a SOAP envelope; `query` tells whether results are expected.
    pub fn read(envelope: &str, query: bool, codes: &CodeTable) -> Result<Self, NoAnswer> {
        let document = Document::parse(envelope).map_err(|_| NoAnswer::Unreadable)?;
        let message = message_of(&document)?;
        let acknowledgement = child(message, "acknowledgement").ok_or(NoAnswer::Incomplete("the acknowledgement"))?;
        let accepted = match code_of(acknowledgement, "typeCode") {
            Some("AA" | "CA") => true,
            Some("AE" | "AR" | "CE" | "CR") => false,
            _ => return Err(NoAnswer::Incomplete(ACKNOWLEDGEMENT_TYPE)),
        };
        let target = path(acknowledgement, &["targetMessage", "id"])
            .ok_or(NoAnswer::Incomplete("the identifier of the message answered"))?;
        let results = if query && accepted { Some(results(message, codes)?) } else { None };
        Ok(Self {
            accepted,
            target: (attribute(target, "root"), attribute(target, "extension")),
            errors: errors(acknowledgement),
            results,
        })
    }
}

fn message_of<'a, 'input>(document: &'a Document<'input>) -> Result<Node<'a, 'input>, NoAnswer> {
    let envelope = document.root_element();
    let soap = [SOAP11, SOAP12].into_iter().find(|space| envelope.has_tag_name((*space, "Envelope")));
    let soap = soap.ok_or(NoAnswer::Incomplete("the SOAP envelope"))?;
    let body = envelope.children().find(|node| node.has_tag_name((soap, "Body")));
    let message = body.and_then(|body| body.first_element_child()).ok_or(NoAnswer::Incomplete("the message"))?;
    if message.has_tag_name((soap, "Fault")) {
        let said: Vec<String> = message.descendants().filter(Node::is_text).map(|node| whole_text(node)).collect();
        return Err(NoAnswer::Fault(said.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    Ok(message)
}

fn errors(acknowledgement: Node) -> Vec<ShownError> {
    let details = children(acknowledgement, "acknowledgementDetail");
    details
        .filter(|detail| !matches!(detail.attribute("typeCode"), Some("W" | "I")))
        .map(|detail| {
            let code = child(detail, "code");
            let named = code.map(|code| attribute(code, "displayName")).unwrap_or_default();
            let text = child(detail, "text").map(whole_text).filter(|text| !text.is_empty());
            ShownError {
                code: code.map(|code| attribute(code, "code")).unwrap_or_default(),
                text: text.unwrap_or(named),
            }
        })
        .collect()
}

fn results(message: Node, codes: &CodeTable) -> Result<Results, NoAnswer> {
    let act = child(message, "controlActProcess").ok_or(NoAnswer::Incomplete("the control act"))?;
    let response = child(act, "queryAck").ok_or(NoAnswer::Incomplete("the query acknowledgement"))?;
    let documents = match code_of(response, "queryResponseCode") {
        Some("OK" | "NF") => children(act, "subject")
            .filter_map(|subject| child(subject, "clinicalDocument"))
            .filter_map(|document| found(document, codes)),
        _ => return Err(NoAnswer::Incomplete("a response code that fits the acknowledgement")),
    };
    let number = |name| child(response, name).and_then(|node| node.attribute("value")?.parse::<usize>().ok());
    let remaining = number("resultRemainingQuantity").filter(|count| *count > 0);
    let next = remaining.map(|remaining| number("resultTotalQuantity").unwrap_or(0).saturating_sub(remaining) + 1);
    let summary = children(act, "subject").flat_map(summary_rows).collect();
    Ok(Results { documents: documents.collect(), next, summary })
}

fn found(document: Node, codes: &CodeTable) -> Option<FoundDocument> {
    let root = |name| child(document, name).map(|node| attribute(node, "root"));
    let id = root("id")?;
    let version = VersionId {
        set_id: root("setId").unwrap_or_else(|| id.clone()),
        version: child(document, "versionNumber")?.attribute("value")?.parse().ok()?,
        id,
    };
    Some(FoundDocument {
        version,
        nullified: code_of(document, "statusCode") == Some("NULLIFIED"),
        content: child(document, "text").and_then(|text| content(&whole_text(text), codes)),
    })
}

fn content(base64: &str, codes: &CodeTable) -> Option<FoundContent> {
    let package = decoded(base64)?;
    let document = root_part(&package)?;
    let document = Document::parse(&document).ok()?;
    let root = document.root_element();
    let header = root.children().find(|node| node.has_tag_name((FINLAND, "localSocialHeader")))?;
    let social = |name| header.children().find(|node| node.has_tag_name((FINLAND, name)));
    let kind = DocumentKind::of_group(social("documentGroup")?.attribute("code")?, codes);
    let matter = || path(root, &["componentOf", "encompassingEncounter", "id"]);
    let above = if kind.is_below_relationship() { social("encompassingClientRelationship") } else { matter() };
    Some(FoundContent {
        kind,
        document_type: social("specificDocumentType").map(|node| attribute(node, "code")),
        above: above.and_then(|node| node.attribute("root")).map(str::to_owned),
        text: text_in(path(root, &["component", "nonXMLBody"])?)?,
        attachments: attachments(&package),
    })
}

/// The text of the structured form, or else what the display form shows.
fn text_in(body: Node) -> Option<String> {
    let structured = body.children().find(|node| node.has_tag_name((FINLAND, "json"))).map(whole_text);
    let structured = structured.and_then(|base64| serde_json::from_slice::<Value>(&decoded(&base64)?).ok());
    if let Some(text) = structured.as_ref().and_then(text_of) {
        return Some(text.to_owned());
    }
    let display = String::from_utf8(decoded(&whole_text(child(body, "text")?))?).ok()?;
    let display = Document::parse(&display).ok()?;
    let shown: Vec<&str> = display.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
    Some(shown.join(" "))
}

/// The document in a MIME package, or the document itself.
fn root_part(package: &[u8]) -> Option<String> {
    if package.trim_ascii_start().starts_with(b"<") {
        return String::from_utf8(package.to_vec()).ok();
    }
    let message = MessageParser::default().parse(package)?;
    let part = message.parts.iter().find(|part| !part.is_multipart())?;
    String::from_utf8(part.contents().trim_ascii().to_vec()).ok()
}

/// Every part of a MIME package but the first.
fn attachments(package: &[u8]) -> Vec<(String, String, Vec<u8>)> {
    let Some(message) = MessageParser::default().parse(package) else { return vec![] };
    let parts = message.parts.iter().filter(|part| !part.is_multipart()).skip(1);
    let attachment = |part: &MessagePart<'_>| {
        let kind = part.content_type().map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()));
        let id = part.content_id().unwrap_or_default().to_owned();
        (id, kind.unwrap_or_default(), part.contents().to_vec())
    };
    parts.map(attachment).collect()
}

fn decoded(base64: &str) -> Option<Vec<u8>> {
    let dense: String = base64.split_ascii_whitespace().collect();
    STANDARD.decode(dense).ok()
}

fn children<'a, 'input>(node: Node<'a, 'input>, name: &'static str) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| child.has_tag_name((HL7, name)))
}

fn child<'a, 'input>(node: Node<'a, 'input>, name: &'static str) -> Option<Node<'a, 'input>> {
    children(node, name).next()
}

fn path<'a, 'input>(node: Node<'a, 'input>, names: &[&'static str]) -> Option<Node<'a, 'input>> {
    names.iter().try_fold(node, |node, name| child(node, name))
}

fn code_of<'a>(node: Node<'a, '_>, name: &'static str) -> Option<&'a str> {
    child(node, name)?.attribute("code")
}

fn attribute(node: Node, name: &str) -> String {
    node.attribute(name).unwrap_or_default().to_owned()
}

/// All text below a node: a comment may split it.
fn whole_text(node: Node) -> String {
    node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Answer, NoAnswer, ShownError};
    use crate::reference::codes::Codes;

    fn read(envelope: &str) -> Result<Answer, NoAnswer> {
        Answer::read(envelope, false, &Codes::default().code)
    }

    fn envelope(body: &str) -> String {
        format!(
            "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>{body}</s:Body></s:Envelope>"
        )
    }

    #[test]
    fn an_error_answer_tells_its_errors_but_not_its_warnings() {
        let body = "<MCCI_IN000002UV01 xmlns=\"urn:hl7-org:v3\"><acknowledgement><typeCode code=\"AE\"/>\
            <targetMessage><id root=\"1.2\" extension=\"3\"/></targetMessage>\
            <acknowledgementDetail typeCode=\"E\"><code code=\"4Y00007\" displayName=\"x\"/><text>[a] b</text>\
            </acknowledgementDetail><acknowledgementDetail typeCode=\"W\"><code code=\"w\"/></acknowledgementDetail>\
            </acknowledgement></MCCI_IN000002UV01>";
        let answer = read(&envelope(body)).expect("answer");
        assert!(!answer.accepted);
        assert_eq!(answer.target, ("1.2".to_owned(), "3".to_owned()));
        assert_eq!(answer.errors, [ShownError { code: "4Y00007".to_owned(), text: "[a] b".to_owned() }]);
    }

    #[test]
    fn what_is_no_answer_is_told_apart() {
        assert_eq!(read("nonsense"), Err(NoAnswer::Unreadable));
        assert_eq!(read("<a/>"), Err(NoAnswer::Incomplete("the SOAP envelope")));
        let fault = "<s:Fault><faultcode>s:Server</faultcode><faultstring>later</faultstring></s:Fault>";
        assert_eq!(read(&envelope(fault)), Err(NoAnswer::Fault("s:Server later".to_owned())));
        let other = "<a xmlns=\"urn:hl7-org:v3\"><acknowledgement><typeCode code=\"ZZ\"/></acknowledgement></a>";
        assert!(matches!(read(&envelope(other)), Err(NoAnswer::Incomplete(_))));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(text in "\\PC{0,80}") {
            let codes = Codes::default();
            let _ = Answer::read(&text, true, &codes.code);
            let _ = super::content(&text, &codes.code);
        }
    }
}
