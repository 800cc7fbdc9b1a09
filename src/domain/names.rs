//! Identifiers that several rooms name: roots of persons, and acts that the harness plays itself.

/// Root of the personal identity code (henkilötunnus) as an HL7 identifier.
pub const HETU_ROOT: &str = "1.2.246.21";
/// Root of the registration number of social-welfare and health-care professionals.
pub const PROFESSIONAL_ROOT: &str = "1.2.246.537.26";
/// What the harness plays in a scenario in place of asking the system: the archivist nullifies a document.
pub const ARCHIVIST_NULLIFIES: &str = "archivist-nullifies";
