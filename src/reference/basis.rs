//! On what basis another controller's register is used, and how messages say so.

use serde::Deserialize;

use super::codes::Coded;
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
pub fn situation(basis: Option<Basis>, settings: &ReferenceSettings) -> &Coded {
    match basis {
        None => &settings.code().own_use,
        Some(Basis::Permit) if settings.deviates(Fault::DisclosureAsOwnUse) => &settings.code().own_use,
        Some(Basis::Statutory) if settings.deviates(Fault::StatutoryGroundNotStated) => &settings.code().use_by_permit,
        Some(Basis::RegisterAccess) if settings.deviates(Fault::RegisterAccessAsDisclosure) => {
            &settings.code().use_by_permit
        }
        Some(Basis::RegisterAccess) => &settings.code().use_by_access,
        Some(Basis::Permit) => &settings.code().use_by_permit,
        Some(Basis::Statutory) => &settings.code().use_by_law,
    }
}

/// The purpose that the use log tells: code and text.
pub fn purpose(basis: Option<Basis>, settings: &ReferenceSettings) -> (String, String) {
    let hidden = settings.deviates(Fault::DisclosureLoggedAsOwnUse);
    let situation = if hidden { &settings.code().own_use } else { situation(basis, settings) };
    (situation.code.clone(), situation.display.clone())
}
