//! What the header of a document must say.

use serde::Deserialize;

use crate::domain::Evidence;

/// An element that the header of a document must carry.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredElement {
    /// The element.
    pub element: HeaderElement,
    /// Codes of the document groups that must carry it; empty for every group.
    pub groups: Vec<String>,
    /// How well it is known.
    pub evidence: Evidence,
}

/// The elements that a profile may require, under their names in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum HeaderElement {
    /// `ClinicalDocument/id`.
    Id,
    /// `ClinicalDocument/code`: the general document type.
    Code,
    /// `ClinicalDocument/effectiveTime`.
    EffectiveTime,
    /// `ClinicalDocument/confidentialityCode`.
    ConfidentialityCode,
    /// `ClinicalDocument/languageCode`.
    LanguageCode,
    /// `ClinicalDocument/setId`.
    SetId,
    /// `ClinicalDocument/versionNumber`, a whole number from 1.
    VersionNumber,
    /// `ClinicalDocument/recordTarget` with an identifier.
    RecordTarget,
    /// `ClinicalDocument/author` with an identifier.
    Author,
    /// `ClinicalDocument/custodian` with an identifier.
    Custodian,
    /// `componentOf/encompassingEncounter` with an identifier: the matter.
    EncompassingEncounter,
    /// `hl7fi:localSocialHeader`.
    LocalSocialHeader,
    /// `localSocialHeader/specificDocumentType`.
    SpecificDocumentType,
    /// `localSocialHeader/creationTime`.
    CreationTime,
    /// `localSocialHeader/fileFormat`.
    FileFormat,
    /// `localSocialHeader/structuredFileFormat`.
    StructuredFileFormat,
    /// `localSocialHeader/softwareSupport`.
    SoftwareSupport,
    /// `localSocialHeader/functionCode`: the service task.
    FunctionCode,
    /// `localSocialHeader/recordStatus`.
    RecordStatus,
    /// `localSocialHeader/registryType`.
    RegistryType,
    /// `localSocialHeader/outsourcingServiceCustomer`: the service organiser.
    OutsourcingServiceCustomer,
    /// `localSocialHeader/totalRetentionPeriodClass`.
    TotalRetentionPeriodClass,
    /// `localSocialHeader/contentSpecificationId`.
    ContentSpecificationId,
    /// `localSocialHeader/encompassingClientRelationship`.
    EncompassingClientRelationship,
    /// `component/nonXMLBody`.
    #[serde(rename = "nonXMLBody")]
    NonXmlBody,
}

/// The states of a document that is ready for archiving.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReadyStates {
    /// `localSocialHeader/recordStatus/@code`.
    pub record_status: String,
    /// `clinicalDocument/statusCode/@code` of the frame.
    pub status: String,
    /// `clinicalDocument/completionCode/@code` of the frame.
    pub completion: String,
    /// `clinicalDocument/storageCode/@code` of the frame.
    pub storage: String,
    /// How well they are known.
    pub evidence: Evidence,
}
