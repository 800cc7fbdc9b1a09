//! What a document holds, as values. Absent elements are `None`; rules say whether they may be.

use crate::domain::Code;
use crate::wire::hl7::InstanceId;
use crate::wire::xml::Outline;
use crate::wire::{Placed, Spot, xmldsig};
use crate::words::Said;

/// A `ClinicalDocument` as it came.
#[derive(Debug, Clone)]
pub struct ClinicalDocument {
    /// The whole text; offsets of part `Document` count in it.
    pub text: String,
    /// Every element of the header and of the body's frame.
    pub outline: Outline,
    /// The root element.
    pub spot: Spot,
    /// `id/@root`.
    pub id: Option<Placed<String>>,
    /// `code`: general document type; `None` also for a null flavour.
    pub document_type: Option<Placed<Code>>,
    /// `effectiveTime/@value`.
    pub effective_time: Option<Placed<String>>,
    /// `confidentialityCode`.
    pub confidentiality: Option<Placed<Code>>,
    /// `languageCode/@code`.
    pub language: Option<Placed<String>>,
    /// `setId/@root`.
    pub set_id: Option<Placed<String>>,
    /// `versionNumber/@value`.
    pub version: Option<Placed<String>>,
    /// `recordTarget/patientRole`, all of them.
    pub clients: Vec<Client>,
    /// `author/assignedAuthor/id`; `None` also for a null flavour.
    pub author: Option<Placed<InstanceId>>,
    /// `custodian/assignedCustodian/representedCustodianOrganization/id/@root`.
    pub custodian: Option<Placed<String>>,
    /// `relatedDocument`, all of them.
    pub parents: Vec<Parent>,
    /// `componentOf/encompassingEncounter/id/@root`: the matter; `None` also for a null flavour.
    pub matter: Option<Placed<String>>,
    /// `hl7fi:localSocialHeader`.
    pub header: Option<LocalHeader>,
    /// `component/nonXMLBody`.
    pub body: Option<Body>,
    /// Every signature of the `signatureCollection`, verified.
    pub signatures: Vec<SignedBy>,
}

/// `recordTarget/patientRole`.
#[derive(Debug, Clone)]
pub struct Client {
    /// The `patientRole` element.
    pub spot: Spot,
    /// `id`.
    pub id: Option<Placed<InstanceId>>,
    /// `patient/administrativeGenderCode/@code`.
    pub gender: Option<Placed<String>>,
    /// `patient/birthTime/@value`.
    pub birth_time: Option<Placed<String>>,
}

/// `relatedDocument` with its parent.
#[derive(Debug, Clone)]
pub struct Parent {
    /// The `relatedDocument` element.
    pub spot: Spot,
    /// `@typeCode`: RPLC for a replacement.
    pub type_code: Option<Placed<String>>,
    /// `parentDocument/id/@root`.
    pub id: Option<Placed<String>>,
    /// `parentDocument/setId/@root`.
    pub set_id: Option<Placed<String>>,
    /// `parentDocument/versionNumber/@value`.
    pub version: Option<Placed<String>>,
}

/// `hl7fi:localSocialHeader`.
#[derive(Debug, Clone)]
pub struct LocalHeader {
    /// The element.
    pub spot: Spot,
    /// `specificDocumentType`.
    pub specific_type: Option<Placed<Code>>,
    /// `creationTime/@value`.
    pub creation_time: Option<Placed<String>>,
    /// `documentGroup`.
    pub group: Option<Placed<Code>>,
    /// `fileFormat`.
    pub file_format: Option<Placed<Code>>,
    /// `structuredFileFormat`.
    pub structured_format: Option<Placed<Code>>,
    /// `softwareSupport`: moderator, product, version.
    pub software: Option<Placed<[String; 3]>>,
    /// `functionCode`: the service task.
    pub service_task: Option<Placed<Code>>,
    /// `recordStatus`.
    pub record_status: Option<Placed<Code>>,
    /// `registryType`.
    pub register: Option<Placed<Code>>,
    /// `outsourcingServiceCustomer/@root`: the service organiser.
    pub organiser: Option<Placed<String>>,
    /// `totalRetentionPeriodClass`.
    pub retention: Option<Placed<Code>>,
    /// `contentSpecificationId`, its text.
    pub content_specification: Option<Placed<String>>,
    /// `encompassingClientRelationship/@root`.
    pub relationship: Option<Placed<String>>,
    /// `reasonOfCorrection`, present or not.
    pub correction_reason: Option<Placed<Code>>,
}

/// `component/nonXMLBody`.
#[derive(Debug, Clone)]
pub struct Body {
    /// The element.
    pub spot: Spot,
    /// `@ID`.
    pub id: Option<Placed<String>>,
    /// `text`: the decoded display form, where it is a text. `Err` holds why it is none.
    pub display_form: Option<Placed<Result<String, Said>>>,
    /// `text`: the decoded display form, where it is a PDF file.
    pub pdf: Option<Placed<Vec<u8>>>,
    /// `text/@mediaType`.
    pub media_type: Option<Placed<String>>,
    /// `hl7fi:json`: the decoded text. `Err` holds why it could not be decoded.
    pub json: Option<Placed<Result<String, Said>>>,
}

/// One member of the `signatureCollection`.
#[derive(Debug, Clone)]
pub struct SignedBy {
    /// The `signature` element.
    pub spot: Spot,
    /// `signatureDescription/@code`.
    pub kind: Option<Placed<String>>,
    /// `signatureTimestamp`, its text.
    pub timestamp: Option<Placed<String>>,
    /// What verifying said.
    pub report: xmldsig::Report,
}
