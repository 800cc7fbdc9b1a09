//! Every kind of records, as data.

use super::choices::{
    ADDRESS_USES, APPLICATION_STATES, ARTICLES, CONNECTIONS, CONTACT_FORMS, CONTACT_ROLES, CUSTOMER_KINDS, DUTIES,
    LANGUAGES, PAPERS, PHASE_COUNTS, PHASES, PROFESSIONS, REQUEST_STATES, SERVICES, SYSTEM_CLASSES, TEST_REASONS,
};
use super::field::FieldForm::{
    AnyReference, BusinessId, Card, Check, Date, Email, Line, Lines, Oid, Oids, One, Reference, Several, Telephone,
};
use super::field::FieldSpec;
use super::kind::RecordKind;
use crate::access::{Access, Role, Whom};

const READERS: Access = Access::Roles(&[
    (Role::Coordinator, Whom::All),
    (Role::Staff, Whom::All),
    (Role::DataProtectionOfficer, Whom::All),
    (Role::Customer, Whom::Own),
]);
const OFFICE: Access = Access::Roles(&[(Role::Coordinator, Whom::All), (Role::Staff, Whom::All)]);
const OFFICE_AND_OWN: Access =
    Access::Roles(&[(Role::Coordinator, Whom::All), (Role::Staff, Whom::All), (Role::Customer, Whom::Own)]);

const RIGHTS: Access =
    Access::Roles(&[(Role::Staff, Whom::All), (Role::DataProtectionOfficer, Whom::All), (Role::Customer, Whom::Own)]);

const COORDINATOR: Access = Access::Roles(&[(Role::Coordinator, Whom::All)]);
const COORDINATOR_AND_OWN: Access = Access::Roles(&[(Role::Coordinator, Whom::All), (Role::Customer, Whom::Own)]);

/// All kinds, in the order in which a customer's page shows them. The first is the customer itself.
pub const KINDS: &[RecordKind] = &[
    RecordKind {
        code: "customer",
        table: "customer",
        path: "basics",
        fields: &[
            FieldSpec::new("name", Line(200)).required().listed(),
            FieldSpec::new("customer_kind", One("customer-kind", CUSTOMER_KINDS)).required().office_only().listed(),
            FieldSpec::new("business_id", BusinessId).office_only(),
            FieldSpec::new("organisation_oid", Oid).office_only(),
            FieldSpec::new("profession", One("profession", PROFESSIONS)).office_only(),
            FieldSpec::new("language", One("language", LANGUAGES)).required(),
            FieldSpec::new("target_group", Line(100)).office_only(),
        ],
        is_about_a_person: false,
        searched: &["name"],
        is_permanent: true,
        readers: READERS,
        writers: OFFICE_AND_OWN,
    },
    RecordKind {
        code: "contact",
        table: "contact",
        path: "contacts",
        fields: &[
            FieldSpec::new("name", Line(200)).required().listed(),
            FieldSpec::new("contact_form", One("contact-form", CONTACT_FORMS)).required(),
            FieldSpec::new("contact_roles", Several("contact-role", CONTACT_ROLES)).listed(),
            FieldSpec::new("duties", Several("duty", DUTIES)),
            FieldSpec::new("email", Email).listed(),
            FieldSpec::new("telephone", Telephone).listed(),
            FieldSpec::new("card_number", Card).listed(),
            FieldSpec::new("email_invalid_since", Date).office_only(),
        ],
        is_about_a_person: true,
        searched: &["name", "email"],
        is_permanent: false,
        readers: READERS,
        writers: OFFICE_AND_OWN,
    },
    RecordKind {
        code: "address",
        table: "address",
        path: "addresses",
        fields: &[
            FieldSpec::new("address_use", One("address-use", ADDRESS_USES)).required().listed(),
            FieldSpec::new("recipient", Line(200)).required().listed(),
            FieldSpec::new("street", Line(200)).listed(),
            FieldSpec::new("postal_code", Line(20)).listed(),
            FieldSpec::new("town", Line(100)).listed(),
            FieldSpec::new("country", Line(100)),
            FieldSpec::new("invoice_address", Line(100)),
            FieldSpec::new("invoice_reference", Line(100)),
        ],
        is_about_a_person: false,
        searched: &[],
        is_permanent: false,
        readers: READERS,
        writers: OFFICE_AND_OWN,
    },
    RecordKind {
        code: "service-use",
        table: "service_use",
        path: "services",
        fields: &[
            FieldSpec::new("service", One("service", SERVICES)).required().listed(),
            FieldSpec::new("started", Date).listed(),
            FieldSpec::new("ended", Date).listed(),
        ],
        is_about_a_person: false,
        searched: &[],
        is_permanent: false,
        readers: READERS,
        writers: OFFICE,
    },
    RecordKind {
        code: "connection",
        table: "connection",
        path: "connections",
        fields: &[
            FieldSpec::new("connection_form", One("connection-form", CONNECTIONS)).required().listed(),
            FieldSpec::new("name", Line(200)).required().listed(),
            FieldSpec::new("identifier", Oid).listed(),
            FieldSpec::new("description", Lines(2000)),
            FieldSpec::new("started", Date).listed(),
            FieldSpec::new("ended", Date).listed(),
        ],
        is_about_a_person: false,
        searched: &[],
        is_permanent: false,
        readers: READERS,
        writers: OFFICE_AND_OWN,
    },
    RecordKind {
        code: "application",
        table: "application",
        path: "applications",
        fields: &[
            FieldSpec::new("service", One("service", SERVICES)).required().listed(),
            FieldSpec::new("application_state", One("application-state", APPLICATION_STATES)).required().listed(),
            FieldSpec::new("state_since", Date).required().listed(),
            FieldSpec::new("description", Lines(4000)),
        ],
        is_about_a_person: false,
        searched: &[],
        is_permanent: false,
        readers: READERS,
        writers: OFFICE_AND_OWN,
    },
    RecordKind {
        code: "paper",
        table: "paper",
        path: "papers",
        fields: &[
            FieldSpec::new("paper", One("paper", PAPERS)).required().listed(),
            FieldSpec::new("service", One("service", SERVICES)).required().listed(),
            FieldSpec::new("signed", Date).required().listed(),
            FieldSpec::new("archive_reference", Line(100)).listed(),
        ],
        is_about_a_person: false,
        searched: &[],
        is_permanent: true,
        readers: READERS,
        writers: OFFICE,
    },
    RecordKind {
        code: "archivist",
        table: "archivist",
        path: "archivists",
        fields: &[
            FieldSpec::new("contact", Reference("contact")).required().listed(),
            FieldSpec::new("register_oid", Oid).required().listed(),
            FieldSpec::new("other_registers", Oids),
            FieldSpec::new("started", Date).required().listed(),
            FieldSpec::new("ended", Date).listed(),
            FieldSpec::new("other_registers_confirmed", Check).office_only(),
        ],
        is_about_a_person: false,
        searched: &[],
        is_permanent: false,
        readers: READERS,
        writers: OFFICE_AND_OWN,
    },
    RecordKind {
        code: "request",
        table: "request",
        path: "requests",
        fields: &[
            FieldSpec::new("article", One("article", ARTICLES)).required().listed(),
            FieldSpec::new("contact", Reference("contact")).listed(),
            FieldSpec::new("received", Date).required().listed(),
            FieldSpec::new("description", Lines(4000)),
            FieldSpec::new("request_state", One("request-state", REQUEST_STATES)).office_only().listed(),
            FieldSpec::new("decided", Date).office_only().listed(),
            FieldSpec::new("reason", Lines(2000)).office_only(),
        ],
        is_about_a_person: false,
        searched: &[],
        is_permanent: true,
        readers: READERS,
        writers: RIGHTS,
    },
    RecordKind {
        code: "system",
        table: "system_",
        path: "systems",
        fields: &[
            FieldSpec::new("name", Line(200)).required().listed(),
            FieldSpec::new("system_version", Line(100)).required().listed(),
            FieldSpec::new("system_class", One("system-class", SYSTEM_CLASSES)).required().listed(),
            FieldSpec::new("contents", Lines(4000)),
            FieldSpec::new("specification", Line(200)),
            FieldSpec::new("certification_until", Date),
            FieldSpec::new("production_until", Date),
            FieldSpec::new("certificate_until", Date).listed(),
            FieldSpec::new("requirements_shown", Date).office_only(),
        ],
        is_about_a_person: false,
        searched: &[],
        is_permanent: false,
        readers: READERS,
        writers: OFFICE_AND_OWN,
    },
    RecordKind {
        code: "co-test",
        table: "co_test",
        path: "co-tests",
        fields: &[
            FieldSpec::new("system", Reference("system")).required().listed(),
            FieldSpec::new("contents", Lines(4000)).required(),
            FieldSpec::new("registered", Date).required().listed(),
            FieldSpec::new("system_form", Date),
            FieldSpec::new("architecture", Date),
            FieldSpec::new("period_start", Date).required().listed(),
            FieldSpec::new("period_end", Date).listed(),
            FieldSpec::new("phase_count", One("phase-count", PHASE_COUNTS)).office_only(),
            FieldSpec::new("kick_off", Date).office_only(),
            FieldSpec::new("cross_partner", Line(200)).office_only(),
            FieldSpec::new("statement_draft", Lines(20_000)).office_only(),
            FieldSpec::new("report_draft", Lines(20_000)).office_only(),
            FieldSpec::new("statement_issued", Date).office_only(),
        ],
        is_about_a_person: false,
        searched: &[],
        is_permanent: false,
        readers: READERS,
        writers: COORDINATOR_AND_OWN,
    },
    RecordKind {
        code: "preliminary-case",
        table: "preliminary_case",
        path: "preliminary-cases",
        fields: &[
            FieldSpec::new("co_test", Reference("co-test")).required().listed(),
            FieldSpec::new("name", Line(200)).required().listed(),
            FieldSpec::new("reported", Date).listed(),
            FieldSpec::new("approved", Date).office_only().listed(),
            FieldSpec::new("description", Lines(4000)),
        ],
        is_about_a_person: false,
        searched: &[],
        is_permanent: false,
        readers: READERS,
        writers: COORDINATOR_AND_OWN,
    },
    RecordKind {
        code: "phase",
        table: "phase",
        path: "phases",
        fields: &[
            FieldSpec::new("co_test", Reference("co-test")).required().listed(),
            FieldSpec::new("phase_form", One("phase-form", PHASES)).required().listed(),
            FieldSpec::new("started", Date).listed(),
            FieldSpec::new("ended", Date).listed(),
            FieldSpec::new("approved", Date).listed(),
            FieldSpec::new("description", Lines(4000)),
        ],
        is_about_a_person: false,
        searched: &[],
        is_permanent: false,
        readers: READERS,
        writers: COORDINATOR,
    },
    RecordKind {
        code: "change-notice",
        table: "change_notice",
        path: "change-notices",
        fields: &[
            FieldSpec::new("system", Reference("system")).required().listed(),
            FieldSpec::new("noticed", Date).required().listed(),
            FieldSpec::new("description", Lines(4000)).required(),
            FieldSpec::new("touches_kanta", Check),
            FieldSpec::new("urgent", Check),
            FieldSpec::new("rerun", Lines(4000)),
            FieldSpec::new("test_start", Date).listed(),
            FieldSpec::new("replied", Date).office_only().listed(),
        ],
        is_about_a_person: false,
        searched: &[],
        is_permanent: false,
        readers: READERS,
        writers: COORDINATOR_AND_OWN,
    },
    RecordKind {
        code: "deployment",
        table: "deployment",
        path: "deployments",
        fields: &[
            FieldSpec::new("service", One("service", SERVICES)).required().listed(),
            FieldSpec::new("system", AnyReference("system")).required().listed(),
            FieldSpec::new("terms_accepted", Date),
            FieldSpec::new("code_service_told", Date),
            FieldSpec::new("test_reason", One("test-reason", TEST_REASONS)),
            FieldSpec::new("test_passed", Date),
            FieldSpec::new("started", Date).office_only().listed(),
            FieldSpec::new("end_noticed", Date),
            FieldSpec::new("ended", Date).listed(),
        ],
        is_about_a_person: false,
        searched: &[],
        is_permanent: false,
        readers: READERS,
        writers: COORDINATOR_AND_OWN,
    },
];

/// The kind with this code.
pub fn kind_of(code: &str) -> Option<&'static RecordKind> {
    KINDS.iter().find(|kind| kind.code == code)
}

/// The kind whose pages stand at `path`.
pub fn kind_at(path: &str) -> Option<&'static RecordKind> {
    KINDS.iter().find(|kind| kind.path == path)
}

#[cfg(test)]
mod tests {
    use super::KINDS;
    use crate::register::FieldForm;
    use crate::words::{Language, Words};

    /// Fields and choices have their texts; that languages do not differ is tested with the texts.
    #[test]
    fn everything_has_its_text() {
        let words = Words::of(Language::En);
        for kind in KINDS {
            for end in ["one", "many", "new", "none"] {
                let key = format!("record.{}.{end}", kind.code);
                assert!(words.has(&key), "{key}");
            }
            for field in kind.fields {
                assert!(words.has(&format!("field.{}", field.name)), "field.{}", field.name);
                let (FieldForm::One(list, choices) | FieldForm::Several(list, choices)) = field.form else { continue };
                for choice in choices.iter().filter(|choice| !choice.is_empty()) {
                    assert!(words.has(&format!("{list}.{choice}")), "{list}.{choice}");
                }
            }
        }
    }
}
