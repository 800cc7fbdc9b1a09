//! From bytes to a [`Frame`].

use std::borrow::Cow;

use roxmltree::Node;

use super::package;
use super::{ActingProfessional, Contents, Continuation, Frame, FrameClient, FrameDocument, Query, QueryParameter};
use crate::wire::mime::{self, MimePart, PackageError};
use crate::wire::soap::{self, SoapVersion};
use crate::wire::xml::{self, Element, HL7, Outline, ReadError, ReadErrorKind, ReadLimits, c14n};
use crate::wire::{LocatedValue, Part};
use crate::words::said;

/// A message as it came.
#[derive(Debug, Clone)]
pub struct ReadMessage {
    /// The whole text without a byte order mark; offsets of part `Frame` count in it.
    pub text: String,
    /// Version of the envelope; `None` for a bare message.
    pub soap: Option<SoapVersion>,
    /// Every element of the message.
    pub outline: Outline,
    /// What the message says.
    pub frame: Frame,
    /// The other parts of a request that is a multipart package (SOAP with attachments).
    pub parts: Vec<MimePart>,
}

/// Reads a SOAP envelope with an HL7 v3 message, or the bare message element. Paths begin at the
/// message element.
///
/// # Errors
/// Outside `limits`, not UTF-8, not well-formed, no SOAP envelope and no element of `urn:hl7-org:v3`.
/// What is missing inside the message is no error here, and neither is an unreadable document.
pub fn read_message(bytes: &[u8], limits: &ReadLimits) -> Result<ReadMessage, ReadError> {
    read_request(None, bytes, limits)
}

/// [`read_message`], of an HTTP request whose `Content-Type` is `content_type`: it tells the root of a package and the
/// encoding of a text.
///
/// # Errors
/// As [`read_message`].
pub fn read_request(content_type: Option<&str>, bytes: &[u8], limits: &ReadLimits) -> Result<ReadMessage, ReadError> {
    let is_bounded = bytes.len() <= limits.bytes;
    let body = is_bounded.then(|| mime::open_body(content_type, bytes)).flatten();
    let body = body.transpose().map_err(|error| unopened(&error))?;
    let (bytes, charset, parts) = match body {
        Some(opened) => (Cow::Owned(opened.root), opened.charset, opened.others),
        None => (Cow::Borrowed(bytes), content_type.and_then(mime::charset), Vec::new()),
    };
    let text = xml::decode_as(&bytes, charset.as_deref(), Part::Frame, limits)?;
    let document = xml::parse(&text, Part::Frame, limits)?;
    let root = document.root_element();
    let (soap, message) = message_of(root).map_err(|kind| kind.at(Part::Frame, root.range().start))?;
    let frame = frame(&Element::root(message, Part::Frame), &parts);
    let outline = Outline::of(message);
    Ok(ReadMessage { text: text.into_owned(), soap, outline, frame, parts })
}

fn unopened(error: &PackageError) -> ReadError {
    ReadErrorKind::NotSoap(error.said()).at(Part::Frame, 0)
}

fn message_of<'a>(root: Node<'a, 'a>) -> Result<(Option<SoapVersion>, Node<'a, 'a>), ReadErrorKind> {
    let soap = soap::envelope_version(root)?;
    let message = soap.map_or(Ok(root), |version| soap::message(root, version))?;
    if message.tag_name().namespace() != Some(HL7) {
        return Err(ReadErrorKind::NotSoap(said::element_is_not_of(message.tag_name().name(), HL7)));
    }
    Ok((soap, message))
}

fn frame(message: &Element<'_>, parts: &[MimePart]) -> Frame {
    let act = message.find("controlActProcess");
    Frame {
        root: LocatedValue::new(message.node().tag_name().name().to_owned(), message.spot()),
        message_id: message.instance_id("id"),
        creation_time: message.value("creationTime", "value"),
        interaction: message.instance_id("interactionId"),
        processing_code: message.value("processingCode", "code"),
        processing_mode_code: message.value("processingModeCode", "code"),
        accept_ack_code: message.value("acceptAckCode", "code"),
        receiver: message.value("receiver/device/id", "root"),
        sender: message.value("sender/device/id", "root"),
        reason_codes: act.iter().flat_map(|act| act.all("reasonCode")).filter_map(|code| code.own_code()).collect(),
        professional: act.as_ref().and_then(|act| act.find("authorOrPerformer")).map(|author| professional(&author)),
        contents: contents(act.as_ref().unwrap_or(message), parts),
    }
}

fn professional(author: &Element<'_>) -> ActingProfessional {
    ActingProfessional {
        id: author.instance_id("assignedPerson/id"),
        unit: author.value("assignedPerson/representedOrganization/id", "root"),
    }
}

fn contents(act: &Element<'_>, parts: &[MimePart]) -> Contents {
    if let Some(document) = act.find("subject/clinicalDocument") {
        return Contents::Document(Box::new(frame_document(&document, parts)));
    }
    if let Some(parameters) = act.find("queryByParameter") {
        return Contents::Query(Box::new(query(&parameters)));
    }
    match act.find("queryContinuation") {
        Some(element) => Contents::Continuation(Box::new(continuation(&element))),
        None => Contents::Nothing(act.spot()),
    }
}

fn continuation(element: &Element<'_>) -> Continuation {
    Continuation {
        spot: element.spot(),
        query: element.instance_id("queryId"),
        status: element.value("statusCode", "code"),
        start: element.value("startResultNumber", "value"),
        quantity: element.value("continuationQuantity", "value"),
    }
}

fn frame_document(document: &Element<'_>, parts: &[MimePart]) -> FrameDocument {
    FrameDocument {
        spot: document.spot(),
        id: document.value("id", "root"),
        register: document.code("code"),
        status: document.value("statusCode", "code"),
        effective_time: document.value("effectiveTime", "value"),
        set_id: document.value("setId", "root"),
        version: document.value("versionNumber", "value"),
        completion: document.value("completionCode", "code"),
        storage: document.value("storageCode", "code"),
        clients: document
            .all("recordTarget")
            .iter()
            .filter_map(|target| target.find("patient"))
            .map(|patient| client(&patient))
            .collect(),
        custodian: document.value("custodian/assignedCustodian/representedOrganization/id", "root"),
        package: document.find("text").map(|text| LocatedValue::new(package::read(text.node(), parts), text.spot())),
    }
}

fn client(patient: &Element<'_>) -> FrameClient {
    FrameClient {
        id: patient.instance_id("id"),
        gender: patient.value("patientPerson/administrativeGenderCode", "code"),
        birth_time: patient.value("patientPerson/birthTime", "value"),
    }
}

fn query(parameters: &Element<'_>) -> Query {
    Query {
        spot: parameters.spot(),
        id: parameters.instance_id("queryId"),
        quantity: parameters.value("initialQuantity", "value"),
        parameters: parameters
            .find("parameterList")
            .iter()
            .flat_map(Element::children)
            .map(|element| parameter(&element))
            .collect(),
        written: c14n::canonical(parameters.node(), &[]).unwrap_or_default(),
    }
}

fn parameter(element: &Element<'_>) -> LocatedValue<QueryParameter> {
    let value = element.find("value");
    let of = |names: &[&str]| {
        let node = value.as_ref()?.node();
        names.iter().find_map(|name| node.attribute(*name)).map(str::to_owned)
    };
    let name = element.node().tag_name().name().to_owned();
    let main = of(&["root", "code", "value"]).unwrap_or_default();
    let detail = of(&["extension", "codeSystem"]).unwrap_or_default();
    LocatedValue::new(QueryParameter { name, main, detail }, element.spot())
}

#[cfg(test)]
mod tests {
    use super::{ReadErrorKind, ReadLimits, read_message};
    use crate::wire::hl7::{Contents, Frame};
    use crate::wire::soap::{SoapVersion, wrap};

    fn frame(message: &str) -> Frame {
        read_message(message.as_bytes(), &ReadLimits::default()).expect("message").frame
    }

    const QUERY: &str = "<h:RCMR_IN000031UV01 xmlns:h='urn:hl7-org:v3'><h:id root='1.2' extension='7'/>\
        <h:controlActProcess><h:reasonCode code='x' codeSystem='1.3'/><h:reasonCode nullFlavor='NA'/><h:reasonCode code='1'/>\
        <h:queryByParameter><h:queryId root='1.2' extension='q'/><h:initialQuantity value='50'/><h:parameterList>\
        <h:patientId><h:value root='1.2.246.21' extension='010181-900C'/></h:patientId>\
        <h:effectiveTimeLow><h:value value='20260101'/></h:effectiveTimeLow>\
        <h:clinicalDocumentGroup><h:value code='5' codeSystem='1.4'/></h:clinicalDocumentGroup><h:empty/>\
        </h:parameterList></h:queryByParameter></h:controlActProcess></h:RCMR_IN000031UV01>";

    #[test]
    fn a_query_is_read_with_its_parameters() {
        let frame = frame(QUERY);
        let Contents::Query(query) = frame.contents else { panic!("no query") };
        let parameters: Vec<_> = query
            .parameters
            .iter()
            .map(|parameter| [parameter.name.as_str(), parameter.main.as_str(), parameter.detail.as_str()])
            .collect();
        let expected = [
            ["patientId", "1.2.246.21", "010181-900C"],
            ["effectiveTimeLow", "20260101", ""],
            ["clinicalDocumentGroup", "5", "1.4"],
            ["empty", "", ""],
        ];
        assert_eq!(parameters, expected);
        assert!(query.written.starts_with("<h:queryByParameter xmlns:h=\"urn:hl7-org:v3\">"), "{}", query.written);
        assert_eq!(query.quantity.as_ref().map(|quantity| quantity.value.as_str()), Some("50"));
    }

    #[test]
    fn a_continuation_is_read_with_its_query() {
        let text = "<a xmlns='urn:hl7-org:v3'><controlActProcess><queryContinuation><queryId root='1.2' extension='q'/>\
                    <statusCode code='waitContinuedQueryResponse'/><startResultNumber value='51'/>\
                    <continuationQuantity value='50'/></queryContinuation></controlActProcess></a>";
        let Contents::Continuation(read) = frame(text).contents else { panic!("no continuation") };
        assert_eq!(read.query.map(|id| id.value.extension).as_deref(), Some("q"));
        let numbers = [&read.status, &read.start, &read.quantity];
        let numbers = numbers.map(|placed| placed.as_ref().map_or("", |placed| placed.value.as_str()));
        assert_eq!(numbers, ["waitContinuedQueryResponse", "51", "50"]);
    }

    #[test]
    fn reason_codes_keep_their_order_and_place() {
        let codes = frame(QUERY).reason_codes;
        let told: Vec<_> =
            codes.iter().map(|code| (code.code.as_str(), code.system.as_str(), code.spot.path.as_ref())).collect();
        let path = |n: usize| format!("/RCMR_IN000031UV01/controlActProcess/reasonCode[{n}]/@code");
        assert_eq!(told, [("x", "1.3", path(1).as_str()), ("1", "", path(3).as_str())]);
        assert_eq!(codes[0].spot.offset, QUERY.find("x' codeSystem"));
    }

    #[test]
    fn an_envelope_is_opened_and_its_headers_passed_over() {
        for version in [SoapVersion::Soap11, SoapVersion::Soap12] {
            let envelope = wrap(version, QUERY).replace(
                "<soap:Body>",
                "<soap:Header><wsa:To xmlns:wsa='http://www.w3.org/2005/08/addressing'>urn:a</wsa:To></soap:Header><soap:Body>",
            );
            let message = read_message(envelope.as_bytes(), &ReadLimits::default()).expect("message");
            assert_eq!(message.soap, Some(version));
            assert_eq!(message.frame.root.spot.path, "/RCMR_IN000031UV01");
            assert_eq!(message.frame.root.spot.offset, envelope.find("<h:RCMR"));
        }
        assert_eq!(read_message(QUERY.as_bytes(), &ReadLimits::default()).expect("message").soap, None);
    }

    #[test]
    fn what_is_absent_is_none_and_no_error() {
        let frame = frame("<a xmlns='urn:hl7-org:v3'/>");
        assert!(frame.message_id.is_none() && frame.sender.is_none() && frame.professional.is_none());
        assert!(matches!(frame.contents, Contents::Nothing(spot) if spot.path == "/a"));
    }

    #[test]
    fn an_unreadable_document_leaves_the_frame_readable() {
        let frame = frame(
            "<a xmlns='urn:hl7-org:v3'><controlActProcess><subject><clinicalDocument><id root='1.2'/><text>?</text>\
             </clinicalDocument></subject></controlActProcess></a>",
        );
        let Contents::Document(document) = frame.contents else { panic!("no document") };
        assert_eq!(document.id.as_ref().map(|id| id.value.as_str()), Some("1.2"));
        assert!(document.package.is_some_and(|package| package.value.is_err()));
    }

    #[test]
    fn other_xml_is_refused() {
        let kind =
            |text: &str| read_message(text.as_bytes(), &ReadLimits::default()).map(|_| ()).expect_err("refused").kind;
        assert!(matches!(kind("<a/>"), ReadErrorKind::NotSoap(_)));
        assert!(matches!(kind(&wrap(SoapVersion::Soap11, "<a/>")), ReadErrorKind::NotSoap(_)));
        assert_eq!(kind(&wrap(SoapVersion::Soap12, " ")), ReadErrorKind::NoMessage);
        assert!(matches!(kind(""), ReadErrorKind::NotWellFormed(_)));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>) {
            let _ = read_message(&bytes, &ReadLimits::default());
        }

        #[test]
        fn no_change_of_one_place_panics(at in 0..QUERY.len(), length in 0_usize..40, text in "[ -~äö\r\n]{0,6}") {
            let rest = QUERY.get(at + length..).unwrap_or_default();
            let _ = read_message(format!("{}{text}{rest}", &QUERY[..at]).as_bytes(), &ReadLimits::default());
        }
    }
}
