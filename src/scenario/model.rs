//! A scenario that has been checked: every name in it leads somewhere.

use crate::domain::{Area, Controller, Fault, Operation, PermitKind};
use crate::rule::FindingCode;
use crate::rule::expectation::{Expectation, Prohibited};
use crate::words::Translated;

use super::Action;
use super::declared::GivenDeclaration;

/// A checked scenario.
#[derive(Debug, Clone)]
pub struct Scenario {
    pub id: String,
    pub area: Area,
    /// Requirements that it claims.
    pub requirements: Vec<String>,
    pub title: Translated,
    /// What it proves and why.
    pub purpose: Translated,
    /// File and line: `scenarios/storage/matter.toml:1`.
    pub source: String,
    pub persons: Vec<GivenPerson>,
    /// What Kanta holds beforehand.
    pub given: Vec<GivenDocument>,
    /// Declarations of intent that are in force beforehand.
    pub declared: Vec<GivenDeclaration>,
    /// Forms that wait for the organisation of the system beforehand.
    pub waiting: Vec<WaitingForm>,
    /// What is asked of the system.
    pub steps: Vec<Step>,
    /// What must be seen.
    pub expectations: Vec<Expectation>,
}

/// A person of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenPerson {
    /// Name in the scenario.
    pub name: String,
    /// What is wrong with the identity code, where something is.
    pub wrong_code: Option<WrongCode>,
}

/// What is wrong with an identity code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongCode {
    /// The control character does not fit.
    ControlCharacter,
}

/// A document that Kanta holds beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenDocument {
    /// Name in the scenario.
    pub name: String,
    pub client: String,
    pub kind: DocumentKind,
    pub controller: Controller,
    /// Code of its service task.
    pub service_task: Option<String>,
    /// How many versions there are.
    pub versions: u32,
    /// Whether it is nullified.
    pub nullified: bool,
    /// Name of the given matter or client relationship above it, where one is said.
    pub above: Option<String>,
    /// Its specific type, where its kind leaves that open.
    pub document_type: Option<String>,
}

/// A form that another organisation has sent beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingForm {
    /// Name in the scenario.
    pub name: String,
    /// The client whom it is about.
    pub client: String,
}

/// Kinds of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentKind {
    /// Client relationship (asiakkuusasiakirja).
    ClientRelationship,
    /// Matter (asia-asiakirja).
    Matter,
    /// Client document (asiakasasiakirja) of the second phase or later.
    ClientDocument,
    /// Client document of the first phase.
    FirstPhaseDocument,
    /// Client document that is older than the organisation's use of the archive.
    OldDocument,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::ClientRelationship, Self::Matter, Self::ClientDocument, Self::FirstPhaseDocument, Self::OldDocument];

    /// Its name in scenarios.
    pub fn name(self) -> &'static str {
        match self {
            Self::ClientRelationship => "client-relationship",
            Self::Matter => "matter",
            Self::ClientDocument => "client-document",
            Self::FirstPhaseDocument => "first-phase-document",
            Self::OldDocument => "old-document",
        }
    }

    /// Which document stands above it: a client relationship or a matter.
    pub fn upward(self) -> Option<Self> {
        match self {
            Self::ClientRelationship => None,
            Self::Matter | Self::OldDocument => Some(Self::ClientRelationship),
            Self::ClientDocument | Self::FirstPhaseDocument => Some(Self::Matter),
        }
    }

    /// Whether a given document of this kind may be of any type.
    pub fn is_of_any_type(self) -> bool {
        matches!(self, Self::FirstPhaseDocument | Self::OldDocument)
    }
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name, and the name of the document that it makes.
    pub name: String,
    pub action: Action,
    pub client: Option<String>,
    /// Name of the relationship that a matter belongs to.
    pub relationship: Option<String>,
    /// Name of the matter that a document belongs to, or to which a search is narrowed.
    pub matter: Option<String>,
    /// Name of the document concerned.
    pub document: Option<String>,
    /// Specific document type to which a search is narrowed.
    pub document_type: Option<String>,
    /// Whose register is used.
    pub controller: Controller,
    /// Whether the system is to state a right to information by law.
    pub by_law: bool,
    pub permits: Vec<PermitKind>,
    /// What a prohibition to record meets.
    pub prohibits: Option<Prohibited>,
    /// Name of the step whose declaration is withdrawn.
    pub declaration: Option<String>,
    /// Name of the step that gave the log concerned.
    pub log: Option<String>,
    /// What is done to the copy of the log.
    pub tampering: Tampering,
    /// How many years back a client asks.
    pub years: u32,
    /// Why a client asks for older data.
    pub reason: Option<String>,
    /// In which form the system is to send what it makes.
    pub form: DocumentForm,
    /// Moments that the log is to write.
    pub instants: Vec<jiff::Timestamp>,
    /// How many attachments the document gets.
    pub attachments: usize,
    pub events: Vec<DisclosureEvent>,
    /// How Kanta misbehaves meanwhile.
    pub fault: Option<FaultRequest>,
    /// Whether the driver is asked twice under the same key, which is one action.
    pub twice: bool,
    /// Findings for which Kanta refuses a message of this step, as it should.
    pub refused_for: Vec<FindingCode>,
}

impl Step {
    /// Features that a system must have for it, as the driver API calls them.
    pub fn features(&self) -> Vec<&'static str> {
        let attachments = (self.attachments > 0).then_some("attachments");
        let narrowed = self.action.is_narrowable() && (self.matter.is_some() || self.document_type.is_some());
        let narrowed = narrowed.then_some("narrowed-searches");
        self.form.feature().into_iter().chain(attachments).chain(narrowed).collect()
    }
}

/// In which form a system sends what an action makes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DocumentForm {
    /// As it always does.
    #[default]
    Usual,
    /// A document that is shown as PDF/A.
    PdfA,
    /// A declaration of intent as a document of the archive.
    Document,
}

impl DocumentForm {
    /// Its name in scenarios and in the driver API.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Usual => None,
            Self::PdfA => Some("pdf-a"),
            Self::Document => Some("document"),
        }
    }

    /// The feature that a system must have for it, as the driver API calls it.
    pub fn feature(self) -> Option<&'static str> {
        match self {
            Self::Usual => None,
            Self::PdfA => Some("pdf-a"),
            Self::Document => Some("declaration-documents"),
        }
    }
}

/// What is done to a copy of a log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tampering {
    /// Nothing.
    #[default]
    None,
    /// An entry is changed.
    Changed,
    /// An entry is removed.
    Removed,
}

/// A disclosure that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisclosureEvent {
    pub client: String,
    pub recipient: Recipient,
    pub ground: String,
    /// Whether it was made through the archive.
    pub through_archive: bool,
    pub items: Vec<DisclosedItem>,
    /// The earlier step whose first disclosure this one corrects.
    pub corrects: Option<String>,
}

/// Who received the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// An authority.
    Authority,
    /// The client.
    Client,
    /// The producer of an outsourced service of the organisation.
    Producer,
}

/// A disclosed item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DisclosedItem {
    /// A document, by its name in the scenario.
    Document(String),
    /// Something else, described.
    Described(String),
}

/// A fault that Kanta plays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultRequest {
    pub fault: Fault,
    pub operation: Operation,
    /// On how many exchanges.
    pub times: u32,
}
