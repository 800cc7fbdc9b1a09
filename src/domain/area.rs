//! The areas of the adoption test and of its requirements.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An area of the adoption test, or of its requirements alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// Storing documents.
    Storage,
    /// Searching and viewing documents.
    Search,
    /// Correcting and nullifying documents.
    Replacement,
    /// The right to see and to store, of one's own and of other controllers.
    AccessRight,
    /// Declarations of intent.
    Declarations,
    /// Notices of disclosures outside the archive.
    DisclosureNotice,
    /// Forms between organisations.
    Forms,
    /// The use log.
    Log,
    /// Outages, faulty answers, faulty certificates.
    Robustness,
    /// How messages travel: of requirements alone, which scenarios of every area test.
    Transport,
}

impl Area {
    /// Every area that has scenarios, in the order in which reports show them.
    pub const OF_SCENARIOS: [Self; 9] = [
        Self::Storage,
        Self::Search,
        Self::Replacement,
        Self::AccessRight,
        Self::Declarations,
        Self::DisclosureNotice,
        Self::Forms,
        Self::Log,
        Self::Robustness,
    ];

    /// Its name in scenarios, configurations and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Storage => "storage",
            Self::Search => "search",
            Self::Replacement => "replacement",
            Self::AccessRight => "access-right",
            Self::Declarations => "declarations",
            Self::DisclosureNotice => "disclosure-notice",
            Self::Forms => "forms",
            Self::Log => "log",
            Self::Robustness => "robustness",
            Self::Transport => "transport",
        }
    }

    /// The area of scenarios with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::OF_SCENARIOS.into_iter().find(|area| area.name() == name)
    }
}

impl fmt::Display for Area {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}
