//! What Kanta knows of a person beside documents: declarations, and disclosures in its log.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::Declared;

/// A declaration that Kanta holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct HeldDeclaration {
    pub id: String,
    /// Identity code of the person.
    pub person: String,
    pub declared: Declared,
    /// Whether it is neither replaced nor withdrawn.
    pub in_force: bool,
}

/// A disclosure of one controller's documents about one client to one recipient, by one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct LoggedDisclosure {
    /// Running number, 0 before it is in the log.
    pub number: i64,
    pub at: Timestamp,
    /// OID of the controller whose data were disclosed.
    pub controller: String,
    /// OID of the organisation that got them.
    pub recipient: String,
    /// OID of its service unit, where the message named one.
    pub unit: Option<String>,
    /// Identifier of the professional who asked, where the message named one.
    pub user: Option<String>,
    /// Identity codes of the clients.
    pub clients: Vec<String>,
    /// Code of the use situation that was stated.
    pub situation: String,
    /// Step of the decision table that let it happen.
    pub ground: String,
    /// Whether content was disclosed; else metadata only.
    pub with_content: bool,
    /// Identifiers of the documents.
    pub documents: Vec<String>,
    /// Identifier of the message that asked.
    pub request: String,
    /// Number of the exchange.
    pub exchange: u64,
}
