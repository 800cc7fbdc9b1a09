//! Which contacts a customer has to name, by its kind and services.
//!
//! That vendors name contacts for development, maintenance and co-testing, and intermediaries for the access point,
//! and that the roles depend on the service, is published in the notice on the register; that a test service needs a
//! technical and an administrative contact in the description of co-testing. Which roles exactly a provider of each
//! service needs is assumed.

use super::record::Record;

/// A contact that is missing: the key of its text.
pub type Missing = String;

/// Who needs what: kind of customer or service, field of the contact, value.
const NEEDED: &[(&str, &str, &str)] = &[
    ("service-provider", "contact_roles", "administrative"),
    ("service-provider", "contact_roles", "technical"),
    ("service-provider", "contact_roles", "data-protection"),
    ("service-provider", "contact_roles", "invoicing"),
    ("patient-data", "contact_roles", "archivist-patient"),
    ("social-welfare", "contact_roles", "archivist-social"),
    ("imaging-data", "contact_roles", "imaging-technical"),
    ("system-vendor", "contact_roles", "administrative"),
    ("system-vendor", "contact_roles", "technical"),
    ("system-vendor", "duties", "system-development"),
    ("system-vendor", "duties", "co-testing"),
    ("application-vendor", "contact_roles", "technical"),
    ("kanta-intermediary", "duties", "access-point"),
    ("medicines-database-intermediary", "contact_roles", "technical"),
];

/// Keys of the texts of contacts that the customer has not named yet.
pub fn missing(customer: &Record, contacts: &[Record], uses: &[Record]) -> Vec<Missing> {
    let has_service =
        |service: &str| uses.iter().any(|used| used.text("service") == service && used.text("ended").is_empty());
    let applies = |who: &str| customer.text("customer_kind") == who || has_service(who);
    let is_named = |field: &str, value: &str| contacts.iter().any(|contact| contact.has(field, value));
    let needed = NEEDED.iter().filter(|(who, field, value)| applies(who) && !is_named(field, value));
    needed
        .map(|(_, field, value)| format!("{}.{value}", if *field == "duties" { "duty" } else { "contact-role" }))
        .collect()
}
