//! What a frame (siirtokehys) holds, as values. Absent elements are `None`; rules say whether they
//! may be.

use crate::domain::Code;
use crate::wire::mime::{MimePart, PackageError};
use crate::wire::{LocatedValue, Location};

/// An HL7 instance identifier.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct InstanceId {
    /// OID.
    pub root: String,
    /// Text below the root; empty where there is none.
    pub extension: String,
}

/// Root and extension joined by a colon.
impl std::fmt::Display for InstanceId {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}:{}", self.root, self.extension)
    }
}

/// An HL7 v3 message as it came.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Local name of the message element, which names the interaction. Its spot is the message element.
    pub root: LocatedValue<String>,
    /// `id`.
    pub message_id: Option<LocatedValue<InstanceId>>,
    /// `creationTime/@value`.
    pub creation_time: Option<LocatedValue<String>>,
    /// `interactionId`.
    pub interaction: Option<LocatedValue<InstanceId>>,
    /// `processingCode/@code`: D in tests.
    pub processing_code: Option<LocatedValue<String>>,
    /// `processingModeCode/@code`.
    pub processing_mode_code: Option<LocatedValue<String>>,
    /// `acceptAckCode/@code`.
    pub accept_ack_code: Option<LocatedValue<String>>,
    /// `receiver/device/id/@root`.
    pub receiver: Option<LocatedValue<String>>,
    /// `sender/device/id/@root`.
    pub sender: Option<LocatedValue<String>>,
    /// `controlActProcess/reasonCode`, all of them, in order.
    pub reason_codes: Vec<LocatedValue<Code>>,
    /// `controlActProcess/authorOrPerformer`.
    pub professional: Option<ActingProfessional>,
    /// What the control act carries.
    pub contents: Contents,
}

/// Who acts, by the control act.
#[derive(Debug, Clone)]
pub struct ActingProfessional {
    /// `assignedPerson/id`.
    pub id: Option<LocatedValue<InstanceId>>,
    /// `assignedPerson/representedOrganization/id/@root`.
    pub unit: Option<LocatedValue<String>>,
}

/// What a message carries.
#[derive(Debug, Clone)]
pub enum Contents {
    /// `subject/clinicalDocument`.
    Document(Box<FrameDocument>),
    /// `queryByParameter`.
    Query(Box<Query>),
    /// `queryContinuation`.
    Continuation(Box<Continuation>),
    /// None of them. The spot is the control act, or the message where there is none.
    Nothing(Location),
}

/// Metadata of the document in the frame.
#[derive(Debug, Clone)]
pub struct FrameDocument {
    /// The `clinicalDocument` element.
    pub spot: Location,
    /// `id/@root`.
    pub id: Option<LocatedValue<String>>,
    /// `code`: the register type.
    pub register: Option<LocatedValue<Code>>,
    /// `statusCode/@code`.
    pub status: Option<LocatedValue<String>>,
    /// `effectiveTime/@value`.
    pub effective_time: Option<LocatedValue<String>>,
    /// `setId/@root`.
    pub set_id: Option<LocatedValue<String>>,
    /// `versionNumber/@value`.
    pub version: Option<LocatedValue<String>>,
    /// `completionCode/@code`.
    pub completion: Option<LocatedValue<String>>,
    /// `storageCode/@code`.
    pub storage: Option<LocatedValue<String>>,
    /// `recordTarget/patient`, all of them.
    pub clients: Vec<FrameClient>,
    /// `custodian/assignedCustodian/representedOrganization/id/@root`.
    pub custodian: Option<LocatedValue<String>>,
    /// `text`: the document itself, or why it could not be unpacked.
    pub package: Option<LocatedValue<Result<Package, PackageError>>>,
}

/// The client as the frame tells.
#[derive(Debug, Clone)]
pub struct FrameClient {
    /// `id`.
    pub id: Option<LocatedValue<InstanceId>>,
    /// `patientPerson/administrativeGenderCode/@code`.
    pub gender: Option<LocatedValue<String>>,
    /// `patientPerson/birthTime/@value`.
    pub birth_time: Option<LocatedValue<String>>,
}

/// The document inside the frame, unpacked to the text of the CDA document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// How it was packed.
    pub form: PackageForm,
    /// The bytes of the CDA document.
    pub document: Vec<u8>,
    /// The encoding that its part of the package tells.
    pub charset: Option<String>,
    /// What came with it, in order: the other parts of its package, then those of the request.
    pub attachments: Vec<MimePart>,
}

/// How a document may be packed into `text`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackageForm {
    /// B64 of a MIME multipart/related package, the form of CDA R2.
    Mime,
    /// B64 of the CDA document alone.
    Bare,
    /// A part of the request that `text` refers to (SOAP with attachments).
    Attached,
}

/// A query by parameters.
#[derive(Debug, Clone)]
pub struct Query {
    /// The `queryByParameter` element.
    pub spot: Location,
    /// `queryId`.
    pub id: Option<LocatedValue<InstanceId>>,
    /// `initialQuantity/@value`.
    pub quantity: Option<LocatedValue<String>>,
    /// Every element of `parameterList`, in order.
    pub parameters: Vec<LocatedValue<QueryParameter>>,
    /// `queryByParameter` in exclusive canonical form, to be echoed: it says the same as what was written
    /// and carries the namespace declarations that stood further out.
    pub written: String,
}

/// A request for more results of a query, or for its end (HL7 v3 `QueryContinuation`).
#[derive(Debug, Clone)]
pub struct Continuation {
    /// The `queryContinuation` element.
    pub spot: Location,
    /// `queryId`.
    pub query: Option<LocatedValue<InstanceId>>,
    /// `statusCode/@code`: waitContinuedQueryResponse or aborted.
    pub status: Option<LocatedValue<String>>,
    /// `startResultNumber/@value`.
    pub start: Option<LocatedValue<String>>,
    /// `continuationQuantity/@value`.
    pub quantity: Option<LocatedValue<String>>,
}

/// One query parameter: `parameterList/<name>/value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryParameter {
    /// Local name of the parameter element.
    pub name: String,
    /// `value/@root`, `@code` or `@value`, whichever is there; empty where none is.
    pub main: String,
    /// `value/@extension` or `@codeSystem`; empty where none is.
    pub detail: String,
}
