//! What a message asks of Kanta, whatever its wire style.

use serde::{Deserialize, Serialize};

/// An operation of the client data archive or the log-register service.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// Store the first version of a document.
    Store,
    /// Store a corrected version (korvaus).
    Correct,
    /// Nullify a document (mitätöinti).
    Nullify,
    /// Search for documents with their content.
    SearchDocuments,
    /// Search for metadata only.
    SearchMetadata,
    /// Fetch one document by its identifier.
    Retrieve,
    /// Ask for the summary of what the archive holds of a client.
    Summarise,
    /// Ask for more results of a search, or end it.
    ContinueQuery,
    /// Store disclosure notices.
    StoreNotice,
    /// Store or withdraw declarations of intent.
    StoreDeclaration,
    /// Send a form to another organisation.
    SendForm,
    /// Not told by what came: unreadable, or an interaction that the profile does not know.
    #[default]
    Unknown,
}

impl Operation {
    /// Every operation that a message may ask for.
    pub const ALL: [Self; 11] = [
        Self::Store,
        Self::Correct,
        Self::Nullify,
        Self::SearchDocuments,
        Self::SearchMetadata,
        Self::Retrieve,
        Self::Summarise,
        Self::ContinueQuery,
        Self::StoreNotice,
        Self::StoreDeclaration,
        Self::SendForm,
    ];
    /// Their names in scenarios.
    pub const NAMES: [&'static str; 11] = names();

    /// The operation with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.name() == name)
    }

    /// Whether it is a query by parameters.
    pub fn searches(self) -> bool {
        matches!(self, Self::SearchDocuments | Self::SearchMetadata | Self::Retrieve | Self::Summarise)
    }

    /// Its name in scenarios, evidence and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Store => "store",
            Self::Correct => "correct",
            Self::Nullify => "nullify",
            Self::SearchDocuments => "search-documents",
            Self::SearchMetadata => "search-metadata",
            Self::Retrieve => "retrieve",
            Self::Summarise => "summarise",
            Self::ContinueQuery => "continue-query",
            Self::StoreNotice => "store-notice",
            Self::StoreDeclaration => "store-declaration",
            Self::SendForm => "send-form",
            Self::Unknown => "unknown",
        }
    }
}

const fn names() -> [&'static str; Operation::ALL.len()] {
    let mut names = [""; Operation::ALL.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = Operation::ALL[at].name();
        at += 1;
    }
    names
}

/// A group of documents (asiakirjaryhmä, code system 1.2.246.537.6.1505): the code as sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DocumentGroup(pub String);
