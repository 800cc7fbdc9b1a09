//! The rows of a profile.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    AgreementRules, Basis, CodeSystem, DeclarationRules, DisclosureLogRules, DisclosureRow, DisplayFormRow,
    DocumentTypes, Elements, HttpHeaders, IdentityRules, PdfRules, QueryNames, ReadyStates, RetryRules, UseLogRules,
    UseSituationRow, Validity,
};
use crate::domain::{Code, Evidence, Operation};
use crate::wire::xml::ReadLimits;

/// The whole rule pack.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Profile {
    pub name: String,
    pub version: String,
    /// In what it differs from a version that ships; nothing where it ships itself.
    #[serde(skip)]
    pub differences: Option<super::Differences>,
    pub validity: Validity,
    /// Code systems, by the name under which other rows call them.
    pub code_system: BTreeMap<String, CodeSystem>,
    pub interaction: Vec<Interaction>,
    pub service_request: Vec<ServiceRequest>,
    pub use_situation: Vec<UseSituationRow>,
    pub document_group: Vec<DocumentGroupRow>,
    pub document_kind: Vec<super::DocumentKindRow>,
    /// Codes of documents that the harness writes itself.
    pub planted: super::PlantedRules,
    /// Elements of messages and documents.
    pub element: Elements,
    pub display_form: Vec<DisplayFormRow>,
    /// What a PDF/A file may hold.
    pub pdf: PdfRules,
    pub attachment: super::AttachmentRules,
    /// What is told in several places.
    pub agreement: AgreementRules,
    pub document_type: DocumentTypes,
    /// How clients are identified.
    pub identity: IdentityRules,
    /// The states of a document that is ready for archiving.
    pub ready: ReadyStates,
    /// How a nullification is told.
    pub nullification: Nullification,
    /// Names of query parameters.
    pub query: QueryNames,
    pub error: Vec<ErrorRow>,
    /// Parties of a message.
    pub party: PartyRules,
    pub signature: SignatureRules,
    /// The decision table of a disclosure.
    pub disclosure: Vec<DisclosureRow>,
    pub disclosure_log: DisclosureLogRules,
    pub declaration: DeclarationRules,
    /// Documents that are declarations of intent.
    pub declaration_document: Vec<super::DeclarationDocumentRow>,
    /// Legal representatives in them.
    pub declaration_representative: super::RepresentativeRules,
    pub notice: NoticeRules,
    pub token: TokenRules,
    /// Headers of the FHIR service.
    pub http_header: HttpHeaders,
    /// The use log of the system.
    pub use_log: UseLogRules,
    pub retry: RetryRules,
    /// Bounds of what is read.
    pub limits: Limits,
    /// How far the times that a system writes may be from those at which its messages come.
    pub near_times: NearTimes,
    /// The document validation service.
    pub validation: ValidationRules,
    pub archivist: ArchivistRules,
}

/// An interaction.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interaction {
    /// Interaction id, which is the name of the message element too.
    pub id: String,
    pub operation: Operation,
    /// Interaction id of the answer.
    pub answer: String,
    /// How well it is known.
    pub evidence: Evidence,
}

/// A service request (palvelupyyntö).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ServiceRequest {
    /// Our name of the use case.
    pub use_case: String,
    pub code: String,
    /// Name of its code system among `code-system`.
    pub system: String,
    /// Codes of the document groups that it may carry; empty where it carries none.
    pub groups: Vec<String>,
    /// What a query with it asks, where that is another thing than its interaction says.
    pub operation: Option<Operation>,
    /// Codes of the document groups that a search with it finds; empty for every group.
    #[serde(default)]
    pub finds: Vec<String>,
    /// How well it is known.
    pub evidence: Evidence,
}

/// A document group (asiakirjaryhmä).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DocumentGroupRow {
    pub code: String,
    /// Name of its code system among `code-system`; `document-group` where none is given.
    pub system: Option<String>,
    pub name: String,
    /// What a document of this group points up to.
    pub upward: Upward,
    /// What becomes of a document that points to nothing in the archive.
    #[serde(default)]
    pub missing_reference: MissingReference,
    /// What a document of this group opens for others to point to.
    pub opens: Option<Opens>,
    /// How well it is known.
    pub evidence: Evidence,
}

/// What a document points up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Upward {
    /// Nothing.
    None,
    /// A client relationship.
    Relationship,
    /// A matter.
    Matter,
}

/// What a document opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opens {
    /// A client relationship.
    Relationship,
    /// A matter.
    Matter,
}

/// What becomes of a document that points to nothing in the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissingReference {
    /// It is refused.
    #[default]
    Refuse,
    /// It is taken with a warning.
    Warn,
}

/// How a nullification is told from a correction.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nullification {
    /// `clinicalDocument/statusCode/@code` of the frame.
    pub status: String,
    /// How well it is known.
    pub evidence: Evidence,
}

/// A national error code.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorRow {
    /// `integrity` or `access-right`.
    pub meaning: String,
    pub code: String,
    pub display: String,
    /// How well it is known.
    pub evidence: Evidence,
}

/// Parties and mode of a message.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PartyRules {
    /// Party id of the simulated Kanta.
    pub receiver: String,
    /// `processingCode` in tests.
    pub processing_code: String,
    /// Code of the use situation in which the service organiser uses its own register.
    pub own_register_use: String,
    /// How well it is known.
    pub evidence: Evidence,
}

/// Signatures of documents.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SignatureRules {
    /// Code of a professional's signature.
    pub professional: String,
    /// Code of a system signature.
    pub system: String,
    /// The algorithms that the archive is known or assumed to take, as XML-DSig names them.
    pub algorithms: Vec<String>,
    /// Algorithms that the harness cannot verify yet, though the archive may take them: a signature that names one is
    /// left open and no failure.
    pub not_judged: Vec<String>,
    /// Smallest RSA key.
    pub smallest_rsa_bits: usize,
    /// How far clocks may differ.
    pub clock_tolerance_seconds: i64,
    /// Which signature a document group needs.
    pub needed: Vec<SignatureNeeded>,
    /// How well it is known.
    pub evidence: Evidence,
}

impl SignatureRules {
    /// The kind that a code names; `None` for any other code.
    pub fn kind_of(&self, code: &str) -> Option<SignatureKind> {
        if code == self.professional {
            Some(SignatureKind::Professional)
        } else if code == self.system {
            Some(SignatureKind::System)
        } else {
            None
        }
    }
}

/// The signature that documents of some groups need.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureNeeded {
    pub groups: Vec<String>,
    /// Kind of the signature.
    pub kind: SignatureKind,
    /// How well it is known.
    pub evidence: Evidence,
}

/// Kinds of electronic signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureKind {
    /// A professional's.
    Professional,
    /// The system's.
    System,
}

/// Disclosure notices.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NoticeRules {
    /// Canonical of the AuditEvent profile.
    pub audit_event_profile: String,
    /// Canonical of the Provenance profile.
    pub provenance_profile: String,
    /// Start of the canonicals of version 0.3.
    pub outdated_prefix: String,
    /// URL of the register type extension.
    pub register_extension: String,
    /// Start of every canonical.
    pub canonical_prefix: String,
    /// How well they are known.
    pub evidence: Evidence,
    /// How the rules about the Bundle's signature count.
    pub signature: SignatureStrictness,
    pub role: RoleRules,
    /// Roles of who made a notice.
    pub provenance_role: ProvenanceRoles,
    /// Elements that must be there or must not.
    pub element: ElementRules,
}

/// How the rules about the signature of a Bundle count; a configuration may say otherwise.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureStrictness {
    pub mode: SignatureMode,
    /// How well it is known.
    pub evidence: Evidence,
}

/// How the rules about the signature of a Bundle count. No public source tells its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureMode {
    /// As the class of each rule says.
    #[default]
    ByClass,
    /// Not at all.
    Off,
    /// A broken one is a warning.
    Warn,
    /// A broken one is a failure.
    Fail,
}

/// Roles of the agents of a Provenance.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvenanceRoles {
    /// Code system of the roles.
    pub system: String,
    pub codes: Vec<String>,
    /// How well they are known.
    pub evidence: Evidence,
}

/// Elements of a Bundle of notices, as JSON pointers from the value that the row's name tells.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ElementRules {
    /// What the Bundle must have.
    pub bundle: Vec<String>,
    /// What an AuditEvent must have.
    pub audit_event: Vec<String>,
    /// What an AuditEvent must not have.
    pub forbidden: Vec<String>,
    /// What each agent of an AuditEvent must have.
    pub agent: Vec<String>,
    /// What a Provenance must have.
    pub provenance: Vec<String>,
    /// How well they are known.
    pub evidence: Evidence,
}

/// Roles of the agents of a notice.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleRules {
    /// Code system of the roles.
    pub system: String,
    pub controller: String,
    /// The person who disclosed.
    pub discloser: String,
    pub recipient: String,
    /// How well they are known.
    pub evidence: Evidence,
}

/// Tokens of FHIR requests.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TokenRules {
    pub algorithms: Vec<String>,
    /// Longest time between `iat` and `exp`.
    pub longest_lifetime_seconds: i64,
    /// How far clocks may differ.
    pub clock_tolerance_seconds: i64,
    /// JSON pointers of the claims that must be there.
    pub claims: Vec<String>,
    /// JSON pointer of the claim with the organisation's OID.
    pub organisation_claim: String,
    /// JSON pointer of the claim with the OID of the organisation that makes the request: a tenant's host is
    /// another one.
    pub requester_claim: String,
    /// JSON pointer of the claim with the professional's number.
    pub user_claim: String,
    /// How well they are known.
    pub evidence: Evidence,
}

/// The archivist's service.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ArchivistRules {
    /// Document groups that are not shown: declarations of intent.
    pub hidden_groups: Vec<String>,
    /// How well they are known.
    pub evidence: Evidence,
}

/// The document validation service.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ValidationRules {
    /// HTTP status of the page that answers XML without a declaration.
    pub undeclared_status: u16,
    /// How well it is known.
    pub evidence: Evidence,
}

/// How far the times that a system writes may be from those at which its messages come.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NearTimes {
    pub hours: u32,
    /// How well it is known.
    pub evidence: Evidence,
}

/// Bounds of what is read.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// Bytes of one request body.
    pub body_bytes: usize,
    /// Depth of nesting in XML and JSON.
    pub depth: usize,
    /// Notices of one Bundle.
    pub notices_per_bundle: usize,
    /// How well they are known.
    pub evidence: Evidence,
}

impl Limits {
    /// The same bounds for the reading of XML.
    pub fn reading(&self) -> ReadLimits {
        ReadLimits { bytes: self.body_bytes, depth: self.depth }
    }
}

impl Profile {
    /// OID of the code system that rows call `name`. The reader has checked that every name used in
    /// code is there.
    pub fn oid(&self, name: &str) -> &str {
        self.code_system.get(name).map_or("", |system| system.oid.as_str())
    }

    /// The interaction with this id.
    pub fn interaction(&self, id: &str) -> Option<&Interaction> {
        self.interaction.iter().find(|row| row.id == id)
    }

    /// The service request with this code, code system compared too.
    pub fn service_request(&self, code: &Code) -> Option<&ServiceRequest> {
        self.service_request.iter().find(|row| row.code == code.code && self.oid(&row.system) == code.system)
    }

    /// The use situation that a reason code names, code system compared too.
    pub fn use_situation(&self, code: &Code) -> Option<&UseSituationRow> {
        self.use_situation.iter().find(|row| row.code == code.code && self.oid(&row.system) == code.system)
    }

    /// The row of this basis.
    pub fn situation_of(&self, basis: Basis) -> Option<&UseSituationRow> {
        self.use_situation.iter().find(|row| row.basis == basis)
    }

    /// The document group with this code.
    pub fn document_group(&self, code: &str) -> Option<&DocumentGroupRow> {
        self.document_group.iter().find(|row| row.code == code)
    }

    /// OID of the code system in which the group with this code stands.
    pub fn group_system(&self, code: &str) -> &str {
        let named = self.document_group(code).and_then(|row| row.system.as_deref());
        self.oid(named.unwrap_or("document-group"))
    }

    /// The national error code with this meaning.
    pub fn error(&self, meaning: &str) -> Option<&ErrorRow> {
        self.error.iter().find(|row| row.meaning == meaning)
    }
}
