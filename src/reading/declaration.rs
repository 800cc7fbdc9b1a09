//! Reads a request with declarations; judging comes after.

use memchr::memmem;
use serde_json::Value;

use super::{NoticeReading, NoticeRequest, read_notice};
use crate::domain::Declared;
use crate::profile::{CategoryRow, DeclarationRules, Declares, Profile};
use crate::wire::fhir::{Consent, DeclarationBundle};

/// A request with declarations.
#[derive(Debug, Clone)]
pub struct DeclarationReading {
    /// Headers, token and body as every request to the FHIR root has them.
    pub request: NoticeReading,
    /// The resources of the body; empty where it is no Bundle.
    pub bundle: DeclarationBundle,
    /// What the Consents say, those that say enough.
    pub statements: Vec<Statement>,
}

/// What one Consent says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub id: String,
    /// Identity code of the person.
    pub person: String,
    pub declared: Declared,
    /// Whether it is withdrawn.
    pub withdrawn: bool,
}

/// Whether a request with this body is about declarations: a Bundle with a Consent in it. Bodies without the
/// word are not read for it.
pub fn concerns_declarations(body: &[u8]) -> bool {
    let is_consent = |entry: &Value| entry["resource"]["resourceType"] == "Consent";
    let has_consent = |json: Value| json["entry"].as_array().is_some_and(|entries| entries.iter().any(is_consent));
    memmem::find(body, b"\"Consent\"").is_some() && serde_json::from_slice(body).is_ok_and(has_consent)
}

/// Reads `request` within the limits of `profile`.
pub fn read_declaration(request: NoticeRequest, profile: &Profile) -> DeclarationReading {
    let request = read_notice(request, profile);
    // Two entries a pair, and one more so that a rule can see the excess.
    let most = profile.declaration.most_pairs.saturating_mul(2).saturating_add(1);
    let bundle = request.bundle().map(|bundle| DeclarationBundle::read(&bundle.json, most)).unwrap_or_default();
    let rules = &profile.declaration;
    let statements = bundle.consents.iter().filter_map(|(_, consent)| statement(consent, rules)).collect();
    DeclarationReading { request, bundle, statements }
}

/// The row of the category of `consent`.
pub(crate) fn category<'r>(consent: &Consent, rules: &'r DeclarationRules) -> Option<&'r CategoryRow> {
    let code = consent.category.as_ref().filter(|code| code.system == rules.category_system)?;
    rules.category.iter().find(|row| row.code == code.code)
}

/// What `consent` says, where it says all that belongs to it.
pub(crate) fn statement(consent: &Consent, rules: &DeclarationRules) -> Option<Statement> {
    let row = category(consent, rules)?;
    let declared = match row.declares {
        Declares::Information => Declared::Information,
        Declares::Permit => Declared::Permit { from: row.from?, to: row.to? },
        Declares::Prohibition if consent.targets.is_empty() => return None,
        Declares::Prohibition => Declared::Prohibition { targets: consent.targets.clone() },
    };
    let withdrawn = match consent.status.as_deref()? {
        "active" => false,
        "inactive" => true,
        _ => return None,
    };
    Some(Statement { id: consent.id.clone()?, person: consent.person.clone()?, declared, withdrawn })
}
