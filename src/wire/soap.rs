//! SOAP 1.1 and 1.2 envelopes.

use roxmltree::Node;

use crate::wire::xml::{Escaped, ReadErrorKind};
use crate::words::said;

/// A version of SOAP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum SoapVersion {
    /// SOAP 1.1 (W3C Note, 2000).
    Soap11,
    /// SOAP 1.2 (W3C Recommendation, 2007).
    Soap12,
}

/// Whose fault a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultSide {
    /// The message is wrong.
    Caller,
    /// The service could not do it.
    Service,
    /// The message has a header that must be understood, and is not.
    Header,
    /// The envelope is of a version that is not known.
    Version,
}

impl SoapVersion {
    /// The namespace of its envelope.
    pub fn namespace(self) -> &'static str {
        match self {
            Self::Soap11 => "http://schemas.xmlsoap.org/soap/envelope/",
            Self::Soap12 => "http://www.w3.org/2003/05/soap-envelope",
        }
    }

    /// The media type of its HTTP messages.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Soap11 => "text/xml",
            Self::Soap12 => "application/soap+xml",
        }
    }

    /// The `Content-Type` header of its HTTP messages.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Soap11 => "text/xml; charset=utf-8",
            Self::Soap12 => "application/soap+xml; charset=utf-8",
        }
    }

    /// The version that a `Content-Type` header names; parameters do not count.
    pub fn of_content_type(header: &str) -> Option<Self> {
        let media_type = header.split(';').next().unwrap_or_default().trim();
        [Self::Soap11, Self::Soap12].into_iter().find(|version| media_type.eq_ignore_ascii_case(version.media_type()))
    }
}

/// An envelope with `message_xml` as its body. The message carries no XML declaration of its own.
pub fn wrap(version: SoapVersion, message_xml: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soap:Envelope xmlns:soap=\"{}\"><soap:Body>{message_xml}\
         </soap:Body></soap:Envelope>",
        version.namespace()
    )
}

/// An envelope with a fault. SOAP 1.1 calls the sides Client and Server, SOAP 1.2 Sender and Receiver.
pub fn fault(version: SoapVersion, code: FaultSide, reason: &str) -> String {
    let reason = Escaped(reason);
    let body = match (version, code) {
        (SoapVersion::Soap11, FaultSide::Caller) => fault11("Client", reason),
        (SoapVersion::Soap11, FaultSide::Service) => fault11("Server", reason),
        (SoapVersion::Soap12, FaultSide::Caller) => fault12("Sender", reason),
        (SoapVersion::Soap12, FaultSide::Service) => fault12("Receiver", reason),
        (SoapVersion::Soap11, FaultSide::Header) => fault11("MustUnderstand", reason),
        (SoapVersion::Soap12, FaultSide::Header) => fault12("MustUnderstand", reason),
        (SoapVersion::Soap11, FaultSide::Version) => fault11("VersionMismatch", reason),
        (SoapVersion::Soap12, FaultSide::Version) => fault12("VersionMismatch", reason),
    };
    wrap(version, &body)
}

fn fault11(code: &str, reason: Escaped<'_>) -> String {
    format!("<soap:Fault><faultcode>soap:{code}</faultcode><faultstring>{reason}</faultstring></soap:Fault>")
}

fn fault12(code: &str, reason: Escaped<'_>) -> String {
    format!(
        "<soap:Fault><soap:Code><soap:Value>soap:{code}</soap:Value></soap:Code><soap:Reason>\
         <soap:Text xml:lang=\"en\">{reason}</soap:Text></soap:Reason></soap:Fault>"
    )
}

/// The version of the envelope that `root` is, where it is one.
///
/// # Errors
/// An envelope of a version that is not known (SOAP 1.1, 4.1.2).
pub(crate) fn envelope_version(root: Node<'_, '_>) -> Result<Option<SoapVersion>, ReadErrorKind> {
    let is_envelope = |version: &SoapVersion| root.has_tag_name((version.namespace(), "Envelope"));
    match [SoapVersion::Soap11, SoapVersion::Soap12].into_iter().find(is_envelope) {
        None if root.tag_name().name() == "Envelope" => {
            Err(ReadErrorKind::EnvelopeVersion(root.tag_name().namespace().unwrap_or_default().to_owned()))
        }
        version => Ok(version),
    }
}

/// A header that must be understood by who answers the message (SOAP 1.1, 4.2.3; SOAP 1.2 part 1, 5.2.3). None is
/// understood here; those for others, and those that may be passed over, are.
fn mandatory_header<'a>(envelope: Node<'a, 'a>, version: SoapVersion) -> Option<Node<'a, 'a>> {
    let space = version.namespace();
    let blocks =
        envelope.children().filter(|node| node.has_tag_name((space, "Header"))).flat_map(|node| node.children());
    let mandatory = |block: &Node<'_, '_>| {
        let value = block.attribute((space, "mustUnderstand")).unwrap_or_default().trim();
        let (role, own) = match version {
            SoapVersion::Soap11 => ("actor", ["", "http://schemas.xmlsoap.org/soap/actor/next", ""]),
            SoapVersion::Soap12 => (
                "role",
                [
                    "",
                    "http://www.w3.org/2003/05/soap-envelope/role/next",
                    "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver",
                ],
            ),
        };
        matches!(value, "1" | "true") && own.contains(&block.attribute((space, role)).unwrap_or_default().trim())
    };
    blocks.filter(Node::is_element).find(mandatory)
}

/// The one element in the body of `envelope`. Headers that need not be understood, such as most of WS-Addressing, are
/// passed over.
pub(crate) fn message<'a>(envelope: Node<'a, 'a>, version: SoapVersion) -> Result<Node<'a, 'a>, ReadErrorKind> {
    if let Some(header) = mandatory_header(envelope, version) {
        let name = header.tag_name();
        return Err(ReadErrorKind::NotUnderstood(format!(
            "{{{}}}{}",
            name.namespace().unwrap_or_default(),
            name.name()
        )));
    }
    let mut bodies = envelope.children().filter(|node| node.has_tag_name((version.namespace(), "Body")));
    let body = bodies.next().ok_or_else(|| ReadErrorKind::NotSoap(said::the_envelope_has_no_body()))?;
    if bodies.next().is_some() {
        return Err(ReadErrorKind::NotSoap(said::the_envelope_has_more_than_one_body()));
    }
    let mut messages = body.children().filter(Node::is_element);
    let message = messages.next().ok_or(ReadErrorKind::NoMessage)?;
    match messages.next() {
        Some(_) => Err(ReadErrorKind::NotSoap(said::the_body_holds_more_than_one_message())),
        None => Ok(message),
    }
}

#[cfg(test)]
mod tests {
    use super::{FaultSide, SoapVersion, envelope_version, fault, message, wrap};
    use crate::wire::xml::ReadErrorKind;

    #[test]
    fn what_is_wrapped_is_found_again() {
        for version in [SoapVersion::Soap11, SoapVersion::Soap12] {
            let text = wrap(version, "<m xmlns='u'/>");
            let document = roxmltree::Document::parse(&text).expect("well-formed");
            let root = document.root_element();
            assert_eq!(envelope_version(root), Ok(Some(version)));
            assert_eq!(message(root, version).map(|node| node.tag_name().name()), Ok("m"));
            assert_eq!(SoapVersion::of_content_type(version.content_type()), Some(version));
        }
    }

    #[test]
    fn envelopes_out_of_shape_are_named() {
        let refuse = |body: &str| {
            let text = format!("<e:Envelope xmlns:e='{}'>{body}</e:Envelope>", SoapVersion::Soap11.namespace());
            let document = roxmltree::Document::parse(&text).expect("well-formed");
            message(document.root_element(), SoapVersion::Soap11).map(|_| ()).expect_err("out of shape")
        };
        assert_eq!(refuse("<e:Body> </e:Body>"), ReadErrorKind::NoMessage);
        assert!(matches!(refuse("<e:Header/>"), ReadErrorKind::NotSoap(_)));
        assert!(matches!(refuse("<e:Body/><e:Body/>"), ReadErrorKind::NotSoap(_)));
        let unknown = roxmltree::Document::parse("<Envelope xmlns='u'/>").expect("well-formed");
        assert_eq!(envelope_version(unknown.root_element()), Err(ReadErrorKind::EnvelopeVersion("u".to_owned())));
        assert!(matches!(refuse("<e:Body><a/><b/></e:Body>"), ReadErrorKind::NotSoap(_)));
    }

    #[test]
    fn headers_that_must_be_understood_are_not() {
        let read = |version: SoapVersion, attributes: &str| {
            let header = format!("<e:Header><h xmlns='u' {attributes}/></e:Header><e:Body><a/></e:Body>");
            let text = format!("<e:Envelope xmlns:e='{}'>{header}</e:Envelope>", version.namespace());
            let document = roxmltree::Document::parse(&text).expect("well-formed");
            message(document.root_element(), version).map(|_| ()).is_ok()
        };
        let (old, new) = (SoapVersion::Soap11, SoapVersion::Soap12);
        let next = "http://schemas.xmlsoap.org/soap/actor/next";
        let role = "http://www.w3.org/2003/05/soap-envelope/role/";
        assert!(!read(old, "e:mustUnderstand='1'") && !read(new, "e:mustUnderstand='true'"));
        assert!(!read(old, &format!("e:mustUnderstand='1' e:actor='{next}'")));
        assert!(!read(new, &format!("e:mustUnderstand='1' e:role='{role}ultimateReceiver'")));
        assert!(read(old, "e:mustUnderstand='0'") && read(new, "e:mustUnderstand='false'") && read(old, ""));
        assert!(read(old, "mustUnderstand='1'"), "an attribute of no namespace is none of SOAP");
        assert!(read(old, "e:mustUnderstand='1' e:actor='http://other.invalid/'"));
        assert!(read(new, &format!("e:mustUnderstand='1' e:role='{role}none'")));
    }

    #[test]
    fn faults_name_the_side_in_the_words_of_the_version() {
        let sides = [
            (FaultSide::Caller, ["soap:Client<", "soap:Sender<"]),
            (FaultSide::Service, ["soap:Server<", "soap:Receiver<"]),
            (FaultSide::Header, ["soap:MustUnderstand<", "soap:MustUnderstand<"]),
            (FaultSide::Version, ["soap:VersionMismatch<", "soap:VersionMismatch<"]),
        ];
        for (side, [old, new]) in sides {
            assert!(fault(SoapVersion::Soap11, side, "a < b").contains(old));
            let text = fault(SoapVersion::Soap12, side, "a < b");
            assert!(text.contains(new) && text.contains("a &lt; b"), "{text}");
        }
    }
}
