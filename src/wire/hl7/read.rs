//! From bytes to a [`Frame`].

use roxmltree::Node;

use super::package;
use super::{ActingProfessional, Contents, Frame, FrameClient, FrameDocument, Query, QueryParameter};
use crate::wire::soap::{self, SoapVersion};
use crate::wire::xml::{self, Element, HL7, ReadError, ReadErrorKind, ReadLimits, c14n};
use crate::wire::{Part, Placed};

/// A message as it came.
#[derive(Debug, Clone)]
pub struct ReadMessage {
    /// The whole text without a byte order mark; offsets of part `Frame` count in it.
    pub text: String,
    /// Version of the envelope; `None` for a bare message.
    pub soap: Option<SoapVersion>,
    /// What the message says.
    pub frame: Frame,
}

/// Reads a SOAP envelope with an HL7 v3 message, or the bare message element. Paths begin at the
/// message element.
///
/// # Errors
/// Outside `limits`, not UTF-8, not well-formed, no SOAP envelope and no element of `urn:hl7-org:v3`.
/// What is missing inside the message is no error here, and neither is an unreadable document.
pub fn read_message(bytes: &[u8], limits: &ReadLimits) -> Result<ReadMessage, ReadError> {
    let text = xml::decode(bytes, Part::Frame, limits)?;
    let document = xml::parse(&text, Part::Frame, limits)?;
    let root = document.root_element();
    let (soap, message) = message_of(root).map_err(|kind| kind.at(Part::Frame, root.range().start))?;
    let frame = frame(&Element::root(message, Part::Frame));
    Ok(ReadMessage { text: text.into_owned(), soap, frame })
}

fn message_of<'a>(root: Node<'a, 'a>) -> Result<(Option<SoapVersion>, Node<'a, 'a>), ReadErrorKind> {
    let soap = soap::envelope_version(root);
    let message = soap.map_or(Ok(root), |version| soap::message(root, version))?;
    if message.tag_name().namespace() != Some(HL7) {
        return Err(ReadErrorKind::NotSoap(format!("element {} is not of {HL7}", message.tag_name().name())));
    }
    Ok((soap, message))
}

fn frame(message: &Element<'_>) -> Frame {
    let act = message.find("controlActProcess");
    Frame {
        root: Placed::new(message.node().tag_name().name().to_owned(), message.spot()),
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
        contents: contents(act.as_ref().unwrap_or(message)),
    }
}

fn professional(author: &Element<'_>) -> ActingProfessional {
    ActingProfessional {
        id: author.instance_id("assignedPerson/id"),
        unit: author.value("assignedPerson/representedOrganization/id", "root"),
    }
}

fn contents(act: &Element<'_>) -> Contents {
    if let Some(document) = act.find("subject/clinicalDocument") {
        return Contents::Document(Box::new(frame_document(&document)));
    }
    match act.find("queryByParameter") {
        Some(parameters) => Contents::Query(Box::new(query(&parameters))),
        None => Contents::Nothing(act.spot()),
    }
}

fn frame_document(document: &Element<'_>) -> FrameDocument {
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
        package: document.find("text").map(|text| Placed::new(package::read(text.node()), text.spot())),
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

fn parameter(element: &Element<'_>) -> Placed<QueryParameter> {
    let value = element.find("value");
    let of = |names: &[&str]| {
        let node = value.as_ref()?.node();
        names.iter().find_map(|name| node.attribute(*name)).map(str::to_owned)
    };
    let name = element.node().tag_name().name().to_owned();
    let main = of(&["root", "code", "value"]).unwrap_or_default();
    let detail = of(&["extension", "codeSystem"]).unwrap_or_default();
    Placed::new(QueryParameter { name, main, detail }, element.spot())
}
