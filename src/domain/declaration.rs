//! Declarations of intent (tahdonilmaisut), whatever message brings them.

use serde::{Deserialize, Serialize};

/// A sector with permits of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sector {
    /// Social welfare.
    SocialWelfare,
    /// Health care.
    HealthCare,
}

impl Sector {
    /// Its name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::SocialWelfare => "social-welfare",
            Self::HealthCare => "health-care",
        }
    }
}

/// What a person declares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Declared {
    /// The information about Kanta was given.
    Information,
    /// Data may be disclosed.
    Permit { from: Sector, to: Sector },
    /// Data may not be disclosed.
    Prohibition {
        /// Each of these is forbidden.
        targets: Vec<DeclarationTarget>,
    },
}

/// What a prohibition meets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeclarationTarget {
    /// A document in all its versions: the identifier of one of them.
    Document(String),
    /// Every document of a service task (palvelutehtävä): its code.
    ServiceTask(String),
    /// Every document of a controller: its OID.
    Controller(String),
}
