//! On what basis another controller's register is used, and how messages say so.

use serde::Deserialize;

use super::codes::{self, Coded};
use super::faults::Fault;
use super::settings::ReferenceSettings;

/// Basis of the use of another controller's register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// An access right to the register, in an outsourced service.
    RegisterAccess,
    /// The client's permit.
    Permit,
    /// A right to information by law.
    Statutory,
}

impl Basis {
    /// Whether what is found on this basis is a disclosure.
    pub fn is_disclosure(self) -> bool {
        matches!(self, Self::Permit | Self::Statutory)
    }
}

/// The use situation that a message on this basis states; use of the own register where there is none.
pub fn situation(basis: Option<Basis>, settings: &ReferenceSettings) -> Coded {
    match basis {
        None => codes::OWN_USE,
        Some(Basis::Permit) if settings.deviates(Fault::DisclosureAsOwnUse) => codes::OWN_USE,
        Some(Basis::Statutory) if settings.deviates(Fault::StatutoryGroundNotStated) => codes::USE_BY_PERMIT,
        Some(Basis::RegisterAccess) if settings.deviates(Fault::RegisterAccessAsDisclosure) => codes::USE_BY_PERMIT,
        Some(Basis::RegisterAccess) => codes::USE_BY_ACCESS,
        Some(Basis::Permit) => codes::USE_BY_PERMIT,
        Some(Basis::Statutory) => codes::USE_BY_LAW,
    }
}

/// The purpose that the use log tells: code and text.
pub fn purpose(basis: Option<Basis>, settings: &ReferenceSettings) -> (String, String) {
    let hidden = settings.deviates(Fault::DisclosureLoggedAsOwnUse);
    let situation = if hidden { codes::OWN_USE } else { situation(basis, settings) };
    (situation.code.to_owned(), situation.display.to_owned())
}
