//! What a message asks of Kanta, whatever its wire style.

use serde::{Deserialize, Serialize};

macro_rules! operations {
    ($($variant:ident $name:literal $text:literal,)*) => {
        /// An operation of a service of Kanta.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Operation {
            $(#[doc = $text] #[serde(rename = $name)] $variant,)*
            /// Not told by what came: unreadable, or an interaction that the profile does not know.
            #[default]
            #[serde(rename = "unknown")]
            Unknown,
        }

        impl Operation {
            /// All that are known.
            pub const KNOWN: &[Self] = &[$(Self::$variant,)*];
            /// Their names, in the same order.
            pub const NAMES: &[&str] = &[$($name,)*];

            /// Its name in scenarios, evidence and texts.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Unknown => "unknown",
                }
            }
        }
    };
}

operations! {
    Store "store" "Store the first version of a document.",
    Correct "correct" "Store a corrected version (korvaus).",
    Nullify "nullify" "Nullify a document (mitätöinti).",
    SearchDocuments "search-documents" "Search for documents with their content.",
    SearchMetadata "search-metadata" "Search for metadata only.",
    Retrieve "retrieve" "Fetch one document by its identifier.",
    Summarise "summarise" "Ask for the summary of what the archive holds of a client.",
    ContinueQuery "continue-query" "Ask for more results of a search, or end it.",
    StoreNotice "store-notice" "Store disclosure notices.",
    StoreDeclaration "store-declaration" "Store or withdraw declarations of intent.",
    SendForm "send-form" "Send a form to another organisation.",
}

impl Operation {
    /// The operation with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::KNOWN.iter().copied().find(|operation| operation.name() == name)
    }

    /// Whether it is a query by parameters.
    pub fn searches(self) -> bool {
        matches!(self, Self::SearchDocuments | Self::SearchMetadata | Self::Retrieve | Self::Summarise)
    }
}
