//! Closed lists of the register, by their codes.

/// Kinds of customers, in the order of the notice on the register.
pub const CUSTOMER_KINDS: &[&str] = &[
    "service-provider",
    "kelain-professional",
    "system-vendor",
    "application-vendor",
    "kanta-intermediary",
    "medicines-database-intermediary",
    "cooperation-party",
];

/// Roles of contacts, in the order of the notice.
pub const CONTACT_ROLES: &[&str] = &[
    "administrative",
    "technical",
    "data-protection",
    "archivist-patient",
    "archivist-social",
    "invoicing",
    "disruption",
    "imaging-technical",
];

/// What a contact of a vendor or an intermediary looks after.
pub(super) const DUTIES: &[&str] = &["system-development", "co-testing", "access-point"];

/// Services that customers use.
pub const SERVICES: &[&str] = &[
    "prescription",
    "patient-data",
    "imaging-data",
    "social-welfare",
    "kelain",
    "wellbeing-data",
    "medicines-database",
    "medicine-purchases",
    "direct-reimbursement",
    "client-test",
    "co-testing",
];

/// Services whose use makes nobody a customer that has deployed Kanta services.
pub const TEST_SERVICES: &[&str] = &["client-test", "co-testing"];

/// How a datum came that staff enters.
pub const MANUAL_ORIGINS: &[&str] = &["service-form", "kelain", "telephone", "post", "email"];
/// How a datum came that the customer entered.
pub const SELF_SERVICE: &str = "self-service";

pub(super) const LANGUAGES: &[&str] = &["fi", "sv", "en"];
pub(super) const PROFESSIONS: &[&str] = &["", "physician", "dentist"];
pub(super) const ADDRESS_USES: &[&str] = &["administrative", "invoicing"];
pub(super) const CONTACT_FORMS: &[&str] = &["person", "point", "organisation"];
pub(super) const CONNECTIONS: &[&str] = &["access-point", "intermediary", "system"];
pub(super) const APPLICATION_STATES: &[&str] = &["open", "unfinished", "withdrawn", "approved"];
pub(super) const PAPERS: &[&str] = &["application", "commitment", "service-description"];

pub(super) const ARTICLES: &[&str] = &["15", "16", "17", "20"];
pub(super) const REQUEST_STATES: &[&str] = &["open", "done", "refused"];

pub(super) const SYSTEM_CLASSES: &[&str] = &["a1", "a2", "a3", "b"];
pub(super) const PHASE_COUNTS: &[&str] = &["1", "2", "3"];
pub(super) const PHASES: &[&str] = &["supplier", "client", "cross"];
pub(super) const TEST_REASONS: &[&str] = &["", "introduction", "version", "function", "trouble"];

/// The codes in a value that holds several.
pub fn words_of(value: &str) -> impl Iterator<Item = &str> {
    value.split_whitespace()
}
