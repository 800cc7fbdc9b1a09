//! The permits of disclosure that a client may give.

use super::Sector;

/// The permits that there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PermitKind {
    /// Within social welfare.
    SocialWelfare,
    /// Within health care.
    HealthCare,
    /// Data of social welfare to health care.
    SocialWelfareToHealthCare,
    /// Data of health care to social welfare.
    HealthCareToSocialWelfare,
}

impl PermitKind {
    /// Every permit.
    pub const ALL: [Self; 4] =
        [Self::SocialWelfare, Self::HealthCare, Self::SocialWelfareToHealthCare, Self::HealthCareToSocialWelfare];
    /// Their names in scenarios and in the driver API.
    pub const NAMES: [&'static str; 4] = [
        Self::SocialWelfare.name(),
        Self::HealthCare.name(),
        Self::SocialWelfareToHealthCare.name(),
        Self::HealthCareToSocialWelfare.name(),
    ];

    /// Its name in scenarios and in the driver API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SocialWelfare => "social-welfare",
            Self::HealthCare => "health-care",
            Self::SocialWelfareToHealthCare => "social-welfare-to-health-care",
            Self::HealthCareToSocialWelfare => "health-care-to-social-welfare",
        }
    }

    /// The permit with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whose data may go to whom.
    pub fn direction(self) -> (Sector, Sector) {
        match self {
            Self::SocialWelfare => (Sector::SocialWelfare, Sector::SocialWelfare),
            Self::HealthCare => (Sector::HealthCare, Sector::HealthCare),
            Self::SocialWelfareToHealthCare => (Sector::SocialWelfare, Sector::HealthCare),
            Self::HealthCareToSocialWelfare => (Sector::HealthCare, Sector::SocialWelfare),
        }
    }
}
