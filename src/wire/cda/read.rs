//! From bytes to a [`ClinicalDocument`].

use roxmltree::Node;

use super::{Body, Client, ClinicalDocument, LocalHeader, Parent, SignatureKind, SignedBy};
use crate::wire::xml::{
    self, Element, HL7, HL7_FINLAND, ReadError, ReadErrorKind, ReadLimits, XML_SIGNATURE, joined_text,
};
use crate::wire::xmldsig::{self, Verifier};
use crate::wire::{Part, Placed, b64};

const MOST_SIGNATURES: usize = 8;

/// Reads a CDA document and verifies every signature of its `signatureCollection`.
///
/// # Errors
/// Outside `limits`, not UTF-8, not well-formed, more than 8 signatures, or the root element is not
/// `ClinicalDocument` of `urn:hl7-org:v3`. What is missing inside it is no error here.
pub fn read_document(bytes: &[u8], limits: &ReadLimits) -> Result<ClinicalDocument, ReadError> {
    let text = xml::decode(bytes, Part::Document, limits)?;
    let document = xml::parse(&text, Part::Document, limits)?;
    let node = document.root_element();
    if !node.has_tag_name((HL7, "ClinicalDocument")) {
        let name = node.tag_name().name().to_owned();
        return Err(ReadErrorKind::NotCda(name).at(Part::Document, node.range().start));
    }
    let root = Element::root(node, Part::Document);
    let header = root.find_in(HL7_FINLAND, "localSocialHeader");
    let body = root.find("component/nonXMLBody");
    let verifier = Verifier::new(&document, body.as_ref().map(Element::node));
    let signatures = signatures(header.as_ref(), verifier)?;
    Ok(ClinicalDocument {
        header: header.as_ref().map(local_header),
        body: body.as_ref().map(read_body),
        signatures,
        ..cda_header(&text, &root)
    })
}

/// The elements of CDA R2 itself; the rest is left empty.
fn cda_header(text: &str, root: &Element<'_>) -> ClinicalDocument {
    ClinicalDocument {
        text: text.to_owned(),
        spot: root.spot(),
        id: root.value("id", "root"),
        document_type: root.code("code"),
        effective_time: root.value("effectiveTime", "value"),
        confidentiality: root.code("confidentialityCode"),
        language: root.value("languageCode", "code"),
        set_id: root.value("setId", "root"),
        version: root.value("versionNumber", "value"),
        clients: root
            .all("recordTarget")
            .iter()
            .filter_map(|target| target.find("patientRole"))
            .map(|role| client(&role))
            .collect(),
        author: root.instance_id("author/assignedAuthor/id"),
        custodian: root.value("custodian/assignedCustodian/representedCustodianOrganization/id", "root"),
        parents: root.all("relatedDocument").iter().map(parent).collect(),
        matter: root.value("componentOf/encompassingEncounter/id", "root"),
        header: None,
        body: None,
        signatures: Vec::new(),
    }
}

fn client(role: &Element<'_>) -> Client {
    Client {
        spot: role.spot(),
        id: role.instance_id("id"),
        gender: role.value("patient/administrativeGenderCode", "code"),
        birth_time: role.value("patient/birthTime", "value"),
    }
}

fn parent(related: &Element<'_>) -> Parent {
    Parent {
        spot: related.spot(),
        type_code: related.attribute("typeCode"),
        id: related.value("parentDocument/id", "root"),
        set_id: related.value("parentDocument/setId", "root"),
        version: related.value("parentDocument/versionNumber", "value"),
    }
}

fn local_header(header: &Element<'_>) -> LocalHeader {
    LocalHeader {
        spot: header.spot(),
        specific_type: header.code("specificDocumentType"),
        creation_time: header.value("creationTime", "value"),
        group: header.code("documentGroup"),
        file_format: header.code("fileFormat"),
        structured_format: header.code("structuredFileFormat"),
        software: header.find("softwareSupport").map(|software| software_support(&software)),
        service_task: header.code("functionCode"),
        record_status: header.code("recordStatus"),
        register: header.code("registryType"),
        organiser: header.value("outsourcingServiceCustomer", "root"),
        retention: header.code("totalRetentionPeriodClass"),
        content_specification: header.find("contentSpecificationId").map(|element| element.text()),
        relationship: header.value("encompassingClientRelationship", "root"),
        correction_reason: header.code("reasonOfCorrection"),
    }
}

fn software_support(software: &Element<'_>) -> Placed<[String; 3]> {
    let of = |name| software.node().attribute(name).unwrap_or_default().to_owned();
    Placed::new(["moderator", "product", "version"].map(of), software.spot())
}

fn read_body(body: &Element<'_>) -> Body {
    let display_form = body.find("text");
    let json = body.find_in(HL7_FINLAND, "json");
    let decoded = |element: Element<'_>| Placed::new(decoded_text(element.node()), element.spot());
    Body {
        spot: body.spot(),
        id: body.attribute("ID"),
        media_type: display_form.as_ref().and_then(|text| text.attribute("mediaType")),
        display_form: display_form.map(decoded),
        json: json.map(decoded),
    }
}

/// UTF-8 text carried as Base64; the error says why it could not be decoded.
fn decoded_text(node: Node<'_, '_>) -> Result<String, String> {
    let bytes = b64::decode(&joined_text(node)).map_err(|error| format!("not Base64: {error}"))?;
    String::from_utf8(bytes).map_err(|error| format!("byte {} is not UTF-8", error.utf8_error().valid_up_to()))
}

/// Every signature, not the first found. Too many are refused and not cut off: what is cut off would
/// count as verified.
fn signatures<'a>(header: Option<&Element<'a>>, mut verifier: Verifier<'a>) -> Result<Vec<SignedBy>, ReadError> {
    let Some(collection) = header.and_then(|header| header.find("signatureCollection")) else { return Ok(Vec::new()) };
    let signatures = collection.all("signature");
    if let Some(surplus) = signatures.get(MOST_SIGNATURES) {
        let kind = ReadErrorKind::TooMany { what: "signatures", limit: MOST_SIGNATURES };
        return Err(ReadError { kind, spot: surplus.spot() });
    }
    Ok(signatures.iter().map(|signature| signed_by(signature, &mut verifier)).collect())
}

fn signed_by<'a>(signature: &Element<'a>, verifier: &mut Verifier<'a>) -> SignedBy {
    let report = match signature.all_in(XML_SIGNATURE, "Signature").as_slice() {
        [value] => verifier.verify(value),
        others => xmldsig::not_one(signature.spot(), others.len()),
    };
    SignedBy {
        spot: signature.spot(),
        kind: signature.value("signatureDescription", "code").map(kind),
        timestamp: signature.find("signatureTimestamp").map(|element| element.text()),
        report,
    }
}

fn kind(code: Placed<String>) -> Placed<SignatureKind> {
    let kind = match code.value.as_str() {
        "1" => SignatureKind::Professional,
        "3" => SignatureKind::System,
        _ => SignatureKind::Other(code.value),
    };
    Placed::new(kind, code.spot)
}
