//! From bytes to a [`ClinicalDocument`].

use roxmltree::Node;

use super::{Client, ClinicalDocument, LocalHeader, NonXmlBody, Parent, SignedBy};
use crate::wire::xml::{
    self, Element, HL7, HL7_FINLAND, Outline, ReadError, ReadErrorKind, ReadLimits, Surplus, XML_SIGNATURE, joined_text,
};
use crate::wire::xmldsig::{self, Verifier};
use crate::wire::{LocatedValue, Part, b64, pdf};
use crate::words::{Said, said};

const MOST_SIGNATURES: usize = 8;

/// Reads a CDA document and verifies every signature of its `signatureCollection`.
///
/// # Errors
/// Outside `limits`, not UTF-8, not well-formed, more than 8 signatures, or the root element is not
/// `ClinicalDocument` of `urn:hl7-org:v3`. What is missing inside it is no error here.
pub fn read_document(bytes: &[u8], limits: &ReadLimits) -> Result<ClinicalDocument, ReadError> {
    read_document_as(bytes, None, limits)
}

/// [`read_document`], where `charset` of its media type tells the encoding.
///
/// # Errors
/// As [`read_document`].
pub fn read_document_as(
    bytes: &[u8],
    charset: Option<&str>,
    limits: &ReadLimits,
) -> Result<ClinicalDocument, ReadError> {
    let text = xml::decode_as(bytes, charset, Part::Document, limits)?;
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
        body: body.as_ref().map(|body| read_body(body, limits)),
        signatures,
        ..cda_header(&text, &root)
    })
}

/// The elements of CDA R2 itself; the rest is left empty.
fn cda_header(text: &str, root: &Element<'_>) -> ClinicalDocument {
    ClinicalDocument {
        text: text.to_owned(),
        outline: Outline::of(root.node()),
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

fn software_support(software: &Element<'_>) -> LocatedValue<[String; 3]> {
    let of = |name| software.node().attribute(name).unwrap_or_default().to_owned();
    LocatedValue::new(["moderator", "product", "version"].map(of), software.spot())
}

fn read_body(body: &Element<'_>, limits: &ReadLimits) -> NonXmlBody {
    let display_form = body.find("text");
    let json = body.find_in(HL7_FINLAND, "json");
    let bytes = |element: &Element<'_>| LocatedValue::new(decoded_bytes(element.node()), element.spot());
    let display_form_bytes = display_form.as_ref().map(bytes);
    let pdf = display_form_bytes.as_ref().and_then(pdf_of);
    let xhtml = |bytes: Vec<u8>| match xml::decode(&bytes, Part::DisplayForm, limits) {
        Ok(text) => Ok(text.into_owned()),
        Err(error) => Err(error.said()),
    };
    NonXmlBody {
        spot: body.spot(),
        id: body.attribute("ID"),
        media_type: display_form.as_ref().and_then(|text| text.attribute("mediaType")),
        display_form: display_form_bytes.map(|bytes| text(bytes, xhtml)),
        pdf,
        json: json.as_ref().map(|json| text(bytes(json), utf8)),
    }
}

type Decoded<T> = LocatedValue<Result<T, Said>>;

/// What is carried as Base64; the error says why it could not be decoded.
fn decoded_bytes(node: Node<'_, '_>) -> Result<Vec<u8>, Said> {
    b64::decode(&joined_text(node)).map_err(|error| said::not_base64(b64::said_of(&error)))
}

fn pdf_of(bytes: &Decoded<Vec<u8>>) -> Option<LocatedValue<Vec<u8>>> {
    let file = bytes.value.as_ref().ok().filter(|bytes| pdf::looks_like_pdf(bytes))?;
    Some(LocatedValue::new(file.clone(), bytes.spot.clone()))
}

fn text(bytes: Decoded<Vec<u8>>, decode: impl Fn(Vec<u8>) -> Result<String, Said>) -> Decoded<String> {
    let of = |bytes: Vec<u8>| if pdf::looks_like_pdf(&bytes) { Err(said::a_pdf_file()) } else { decode(bytes) };
    LocatedValue::new(bytes.value.and_then(of), bytes.spot)
}

/// JSON is in UTF-8 (RFC 8259, 8.1).
fn utf8(bytes: Vec<u8>) -> Result<String, Said> {
    String::from_utf8(bytes).map_err(|error| said::byte_is_not_utf_8(error.utf8_error().valid_up_to()))
}

/// Every signature, not the first found. Too many are refused and not cut off: what is cut off would
/// count as verified.
fn signatures<'a>(header: Option<&Element<'a>>, mut verifier: Verifier<'a>) -> Result<Vec<SignedBy>, ReadError> {
    let Some(collection) = header.and_then(|header| header.find("signatureCollection")) else { return Ok(Vec::new()) };
    let signatures = collection.all("signature");
    if let Some(surplus) = signatures.get(MOST_SIGNATURES) {
        let kind = ReadErrorKind::TooMany { what: Surplus::Signatures, limit: MOST_SIGNATURES };
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
        kind: signature.value("signatureDescription", "code"),
        timestamp: signature.find("signatureTimestamp").map(|element| element.text()),
        report,
    }
}

#[cfg(test)]
mod tests {
    use super::{ClinicalDocument, ReadErrorKind, ReadLimits, Surplus, read_document};
    use crate::wire::LocatedValue;

    const PROFESSIONAL: &str = include_str!("../../../tests/fixtures/signed/professional.xml");
    const SYSTEM: &str = include_str!("../../../tests/fixtures/signed/system.xml");

    fn read(text: &str) -> ClinicalDocument {
        read_document(text.as_bytes(), &ReadLimits::default()).expect("document")
    }

    fn text(placed: Option<LocatedValue<String>>) -> String {
        placed.map(|placed| placed.value).unwrap_or_default()
    }

    #[test]
    fn the_header_is_read() {
        let document = read(PROFESSIONAL);
        assert_eq!(text(document.id), "1.2.246.10.99999991.95.2026.3.7");
        assert_eq!(text(document.matter), "1.2.246.10.99999991.95.2026.3.5");
        assert_eq!(document.author.map(|author| author.value.extension).as_deref(), Some("99900000011"));
        let client = &document.clients[0];
        assert_eq!(client.id.as_ref().map(|id| id.extension.as_str()), Some("010181-900C"));
        assert_eq!(client.spot.path, "/ClinicalDocument/recordTarget/patientRole");
        let header = document.header.expect("header");
        assert_eq!(header.specific_type.map(|code| code.value.code).as_deref(), Some("19005"));
        assert_eq!(
            header.software.map(|software| software.value),
            Some(["Fixture maker", "Fixture system", "1"].map(String::from))
        );
        assert_eq!(text(header.content_specification), "1.2.246.537.6.1506.19005.2022.1.10");
        assert!(header.relationship.is_none() && header.correction_reason.is_none());
    }

    #[test]
    fn null_flavours_are_none() {
        let document = read(SYSTEM);
        assert!(document.document_type.is_none() && document.author.is_none() && document.matter.is_none());
        assert_eq!(text(document.header.and_then(|header| header.relationship)), "1.2.246.10.99999991.95.2026.3.2");
    }

    #[test]
    fn both_forms_of_the_body_are_decoded_over_lines_and_comments() {
        let body = read(&SYSTEM.replace("aSJ9XX19", "<!-- note -->aSJ9\r\n<!-- note -->XX19")).body.expect("body");
        let json = body.json.expect("json");
        assert_eq!(
            json.value.as_deref(),
            Ok("{\"asiakkuusasiakirja\": {\"asiakas\": [{\"sukunimi\": \"Koeputki\"}]}}")
        );
        assert_eq!(json.spot.path, "/ClinicalDocument/component/nonXMLBody/json");
        assert!(body.display_form.is_some_and(|form| form.value.is_ok_and(|html| html.contains("soc-document"))));
        assert_eq!(text(body.media_type), "application/xhtml+xml");
    }

    #[test]
    fn what_cannot_be_decoded_is_said() {
        let body = read(&PROFESSIONAL.replace("<hl7fi:json>", "<hl7fi:json>*").replace("\"B64\">PGRp", "\"B64\">/GRp"))
            .body
            .expect("body");
        assert!(
            body.json.is_some_and(|json| json.value.is_err_and(|reason| reason.to_string().starts_with("not Base64")))
        );
        assert!(
            body.display_form
                .is_some_and(|form| form.value.is_err_and(|why| why.to_string().ends_with("byte 0 is not UTF-8")))
        );
    }

    #[test]
    fn a_replacement_names_its_parent() {
        let related = "<relatedDocument typeCode=\"RPLC\"><parentDocument><id root=\"1.1\"/><setId root=\"1.0\"/>\
                       <versionNumber value=\"1\"/></parentDocument></relatedDocument>";
        let document = read(&PROFESSIONAL.replace("</custodian>", &format!("</custodian>{related}")));
        let [parent] = document.parents.try_into().expect("one parent");
        assert_eq!(
            [text(parent.type_code), text(parent.id), text(parent.set_id), text(parent.version)],
            ["RPLC", "1.1", "1.0", "1"]
        );
    }

    #[test]
    fn signatures_tell_kind_and_timestamp() {
        let document = read(&SYSTEM.replace("07:00:00.5Z", "07:<!-- note -->00:00.5Z"));
        let signature = &document.signatures[0];
        assert_eq!(text(signature.kind.clone()), "3");
        assert_eq!(signature.timestamp.as_ref().map(|time| time.value.as_str()), Some("2026-11-20T07:00:00.5Z"));
        assert!(signature.report.holds());
    }

    #[test]
    fn too_many_signatures_are_refused_and_not_cut_off() {
        let empty = "<signature xmlns=\"urn:hl7finland\"/>";
        let flooded = PROFESSIONAL.replace("<signature xmlns", &format!("{}<signature xmlns", empty.repeat(8)));
        let error = read_document(flooded.as_bytes(), &ReadLimits::default()).expect_err("refused");
        assert_eq!(error.kind, ReadErrorKind::TooMany { what: Surplus::Signatures, limit: 8 });
        let crowded = PROFESSIONAL.replace("<signature xmlns", &format!("{}<signature xmlns", empty.repeat(7)));
        let held: Vec<_> = read(&crowded).signatures.iter().map(|signature| signature.report.holds()).collect();
        assert_eq!(held, [false, false, false, false, false, false, false, true]);
    }

    #[test]
    fn other_roots_are_refused() {
        for root in ["<ClinicalDocument/>", "<a xmlns='urn:hl7-org:v3'/>"] {
            let error = read_document(root.as_bytes(), &ReadLimits::default()).expect_err("refused");
            assert!(matches!(error.kind, ReadErrorKind::NotCda(_)), "{error}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>) {
            let _ = read_document(&bytes, &ReadLimits::default());
        }

        #[test]
        fn no_change_of_one_place_panics(at in 0..SYSTEM.len(), length in 0_usize..60, text in "[ -~äö\r\n]{0,6}") {
            let (before, rest) = (SYSTEM.get(..at).unwrap_or_default(), SYSTEM.get(at + length..).unwrap_or_default());
            let _ = read_document(format!("{before}{text}{rest}").as_bytes(), &ReadLimits::default());
        }
    }
}
