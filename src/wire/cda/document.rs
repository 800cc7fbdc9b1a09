//! What a document holds, as values. Absent elements are `None`; rules say whether they may be.

use crate::domain::Code;
use crate::wire::hl7::InstanceId;
use crate::wire::xml::Outline;
use crate::wire::{LocatedValue, Location, xmldsig};
use crate::words::Said;

/// A `ClinicalDocument` as it came.
#[derive(Debug, Clone)]
pub struct ClinicalDocument {
    /// The whole text; offsets of part `Document` count in it.
    pub text: String,
    /// Every element of the header and of the body's frame.
    pub outline: Outline,
    pub spot: Location,
    /// `id/@root`.
    pub id: Option<LocatedValue<String>>,
    /// `code`: general document type; `None` also for a null flavour.
    pub document_type: Option<LocatedValue<Code>>,
    /// `effectiveTime/@value`.
    pub effective_time: Option<LocatedValue<String>>,
    /// `confidentialityCode`.
    pub confidentiality: Option<LocatedValue<Code>>,
    /// `languageCode/@code`.
    pub language: Option<LocatedValue<String>>,
    /// `setId/@root`.
    pub set_id: Option<LocatedValue<String>>,
    /// `versionNumber/@value`.
    pub version: Option<LocatedValue<String>>,
    /// `recordTarget/patientRole`, all of them.
    pub clients: Vec<Client>,
    /// `author/assignedAuthor/id`; `None` also for a null flavour.
    pub author: Option<LocatedValue<InstanceId>>,
    /// `custodian/assignedCustodian/representedCustodianOrganization/id/@root`.
    pub custodian: Option<LocatedValue<String>>,
    /// `relatedDocument`, all of them.
    pub parents: Vec<Parent>,
    /// `componentOf/encompassingEncounter/id/@root`: the matter; `None` also for a null flavour.
    pub matter: Option<LocatedValue<String>>,
    /// `hl7fi:localSocialHeader`.
    pub header: Option<LocalHeader>,
    /// `component/nonXMLBody`.
    pub body: Option<NonXmlBody>,
    /// Every signature of the `signatureCollection`, verified.
    pub signatures: Vec<SignedBy>,
}

/// `recordTarget/patientRole`.
#[derive(Debug, Clone)]
pub struct Client {
    /// The `patientRole` element.
    pub spot: Location,
    /// `id`.
    pub id: Option<LocatedValue<InstanceId>>,
    /// `patient/administrativeGenderCode/@code`.
    pub gender: Option<LocatedValue<String>>,
    /// `patient/birthTime/@value`.
    pub birth_time: Option<LocatedValue<String>>,
}

/// `relatedDocument` with its parent.
#[derive(Debug, Clone)]
pub struct Parent {
    /// The `relatedDocument` element.
    pub spot: Location,
    /// `@typeCode`: RPLC for a replacement.
    pub type_code: Option<LocatedValue<String>>,
    /// `parentDocument/id/@root`.
    pub id: Option<LocatedValue<String>>,
    /// `parentDocument/setId/@root`.
    pub set_id: Option<LocatedValue<String>>,
    /// `parentDocument/versionNumber/@value`.
    pub version: Option<LocatedValue<String>>,
}

/// `hl7fi:localSocialHeader`.
#[derive(Debug, Clone)]
pub struct LocalHeader {
    pub spot: Location,
    /// `specificDocumentType`.
    pub specific_type: Option<LocatedValue<Code>>,
    /// `creationTime/@value`.
    pub creation_time: Option<LocatedValue<String>>,
    /// `documentGroup`.
    pub group: Option<LocatedValue<Code>>,
    /// `fileFormat`.
    pub file_format: Option<LocatedValue<Code>>,
    /// `structuredFileFormat`.
    pub structured_format: Option<LocatedValue<Code>>,
    /// `softwareSupport`: moderator, product, version.
    pub software: Option<LocatedValue<[String; 3]>>,
    /// `functionCode`: the service task.
    pub service_task: Option<LocatedValue<Code>>,
    /// `recordStatus`.
    pub record_status: Option<LocatedValue<Code>>,
    /// `registryType`.
    pub register: Option<LocatedValue<Code>>,
    /// `outsourcingServiceCustomer/@root`: the service organiser.
    pub organiser: Option<LocatedValue<String>>,
    /// `totalRetentionPeriodClass`.
    pub retention: Option<LocatedValue<Code>>,
    /// `contentSpecificationId`, its text.
    pub content_specification: Option<LocatedValue<String>>,
    /// `encompassingClientRelationship/@root`.
    pub relationship: Option<LocatedValue<String>>,
    /// `reasonOfCorrection`, present or not.
    pub correction_reason: Option<LocatedValue<Code>>,
}

/// `component/nonXMLBody`.
#[derive(Debug, Clone)]
pub struct NonXmlBody {
    pub spot: Location,
    /// `@ID`.
    pub id: Option<LocatedValue<String>>,
    /// `text`: the decoded display form, where it is a text. `Err` holds why it is none.
    pub display_form: Option<LocatedValue<Result<String, Said>>>,
    /// `text`: the decoded display form, where it is a PDF file.
    pub pdf: Option<LocatedValue<Vec<u8>>>,
    /// `text/@mediaType`.
    pub media_type: Option<LocatedValue<String>>,
    /// `hl7fi:json`: the decoded text. `Err` holds why it could not be decoded.
    pub json: Option<LocatedValue<Result<String, Said>>>,
}

/// One member of the `signatureCollection`.
#[derive(Debug, Clone)]
pub struct SignedBy {
    /// The `signature` element.
    pub spot: Location,
    /// `signatureDescription/@code`.
    pub kind: Option<LocatedValue<String>>,
    /// `signatureTimestamp`, its text.
    pub timestamp: Option<LocatedValue<String>>,
    pub report: xmldsig::SignatureReport,
}
