//! The business actions that a scenario may ask of a vendor's system.

use crate::domain::ARCHIVIST_NULLIFIES;

/// An action of the driver API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Learn who the client is.
    KnowClient,
    /// Store a client relationship (asiakkuus).
    StoreClientRelationship,
    /// Store a matter (asia).
    StoreMatter,
    /// Store a client document.
    StoreClientDocument,
    /// Store a client document of the first phase.
    StoreFirstPhaseDocument,
    /// Store a client document that is older than the organisation's use of the archive.
    StoreOldDocument,
    /// Search for the client's documents and show them.
    SearchDocuments,
    /// Search for metadata only.
    SearchMetadata,
    /// Ask for the summary of what the archive holds of the client.
    SearchSummary,
    /// Fetch and show one document.
    ViewDocument,
    /// Correct a document.
    CorrectDocument,
    /// Nullify a document.
    NullifyDocument,
    /// Tell what became of a document.
    DocumentStatus,
    /// Record disclosures that were made.
    RecordDisclosures,
    /// Try to send everything that waits.
    SendPending,
    /// Give the use log.
    UseLog,
    /// Record that the client was given the information about Kanta.
    RecordInformation,
    /// Record permits of disclosure.
    RecordPermit,
    /// Record a prohibition of disclosure.
    RecordProhibition,
    /// Withdraw a declaration.
    WithdrawDeclaration,
    /// Tell whether a copy of the use log is as it was.
    VerifyLog,
    /// Try to change an entry of the use log.
    EditLog,
    /// Tell how long the use log is kept.
    LogRetention,
    /// Answer a client who asks for the log of the own data.
    ClientLog,
    /// Tell how the use log writes given moments.
    LogTimes,
    /// Record disclosures of a tenant of the joint-joining model, whose host the organisation is.
    RecordTenantDisclosures,
    /// Send a form to another organisation.
    SendForm,
    /// Fetch the forms that wait, receipt them and show them.
    ReceiveForms,
    /// The archivist of the system's organisation nullifies a document. The harness plays it.
    ArchivistNullifies,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 29] = [
        Self::KnowClient,
        Self::StoreClientRelationship,
        Self::StoreMatter,
        Self::StoreClientDocument,
        Self::StoreFirstPhaseDocument,
        Self::StoreOldDocument,
        Self::SearchDocuments,
        Self::SearchMetadata,
        Self::SearchSummary,
        Self::ViewDocument,
        Self::CorrectDocument,
        Self::NullifyDocument,
        Self::DocumentStatus,
        Self::RecordDisclosures,
        Self::SendPending,
        Self::UseLog,
        Self::RecordInformation,
        Self::RecordPermit,
        Self::RecordProhibition,
        Self::WithdrawDeclaration,
        Self::VerifyLog,
        Self::EditLog,
        Self::LogRetention,
        Self::ClientLog,
        Self::LogTimes,
        Self::RecordTenantDisclosures,
        Self::SendForm,
        Self::ReceiveForms,
        Self::ArchivistNullifies,
    ];

    /// Its name in scenarios and in the driver API.
    pub fn name(self) -> &'static str {
        match self {
            Self::KnowClient => "know-client",
            Self::StoreClientRelationship => "store-client-relationship",
            Self::StoreMatter => "store-matter",
            Self::StoreClientDocument => "store-client-document",
            Self::StoreFirstPhaseDocument => "store-first-phase-document",
            Self::StoreOldDocument => "store-old-document",
            Self::SearchDocuments => "search-documents",
            Self::SearchMetadata => "search-metadata",
            Self::SearchSummary => "search-summary",
            Self::ViewDocument => "view-document",
            Self::CorrectDocument => "correct-document",
            Self::NullifyDocument => "nullify-document",
            Self::DocumentStatus => "document-status",
            Self::RecordDisclosures => "record-disclosures",
            Self::SendPending => "send-pending",
            Self::UseLog => "use-log",
            Self::RecordInformation => "record-information",
            Self::RecordPermit => "record-permit",
            Self::RecordProhibition => "record-prohibition",
            Self::WithdrawDeclaration => "withdraw-declaration",
            Self::VerifyLog => "verify-log",
            Self::EditLog => "edit-log",
            Self::LogRetention => "log-retention",
            Self::ClientLog => "client-log",
            Self::LogTimes => "log-times",
            Self::RecordTenantDisclosures => "record-tenant-disclosures",
            Self::SendForm => "send-form",
            Self::ReceiveForms => "receive-forms",
            Self::ArchivistNullifies => ARCHIVIST_NULLIFIES,
        }
    }

    /// The action with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == name)
    }

    /// The members of a step that this action needs.
    pub fn needs(self) -> &'static [&'static str] {
        match self {
            Self::SendPending
            | Self::UseLog
            | Self::LogRetention
            | Self::RecordDisclosures
            | Self::RecordTenantDisclosures
            | Self::ReceiveForms => &[],
            Self::LogTimes => &["instants"],
            Self::VerifyLog => &["log", "tampering"],
            Self::EditLog => &["log"],
            Self::ClientLog => &["client", "years"],
            Self::KnowClient
            | Self::StoreClientRelationship
            | Self::SearchDocuments
            | Self::SearchMetadata
            | Self::SearchSummary
            | Self::RecordInformation
            | Self::SendForm => &["client"],
            Self::RecordPermit => &["client", "permits"],
            Self::RecordProhibition => &["client", "prohibits"],
            Self::WithdrawDeclaration => &["client", "declaration"],
            Self::StoreMatter | Self::StoreOldDocument => &["client", "relationship"],
            Self::StoreClientDocument | Self::StoreFirstPhaseDocument => &["client", "matter"],
            Self::ViewDocument | Self::CorrectDocument | Self::NullifyDocument | Self::DocumentStatus => {
                &["client", "document"]
            }
            Self::ArchivistNullifies => &["document"],
        }
    }

    /// Whether it is an event that the harness plays, and nothing is asked of the system.
    pub fn is_played(self) -> bool {
        self == Self::ArchivistNullifies
    }

    /// Whether it records disclosures.
    pub fn records_disclosures(self) -> bool {
        matches!(self, Self::RecordDisclosures | Self::RecordTenantDisclosures)
    }

    /// Whether a criterion may narrow it: a matter or a document type.
    pub fn is_narrowable(self) -> bool {
        matches!(self, Self::SearchDocuments | Self::SearchMetadata)
    }

    /// Whether it makes a document, or a new version of one, that holds the marker of its step.
    pub fn makes_document(self) -> bool {
        matches!(
            self,
            Self::StoreClientRelationship
                | Self::StoreMatter
                | Self::StoreClientDocument
                | Self::StoreFirstPhaseDocument
                | Self::StoreOldDocument
                | Self::CorrectDocument
        )
    }
}

impl Action {
    /// Whether it makes the system send something to Kanta, which the rules of messages then judge.
    pub fn makes_message(self) -> bool {
        !matches!(
            self,
            Self::KnowClient
                | Self::DocumentStatus
                | Self::UseLog
                | Self::VerifyLog
                | Self::EditLog
                | Self::LogRetention
                | Self::ClientLog
                | Self::LogTimes
                | Self::SendForm
                | Self::ReceiveForms
                | Self::ArchivistNullifies
        )
    }
}
