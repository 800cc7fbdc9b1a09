//! Bundles of declarations of intent: Consents with their Provenances.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::clock::rfc3339_seconds;
use super::faults::Fault;
use super::settings::ReferenceSettings;
use crate::domain::{DeclarationTarget, Declared, HETU_ROOT, PROFESSIONAL_ROOT, Sector};

const ROLES: &str = "http://gen.kanta.fi/figen-cs-provenancerolecategory";
const CATEGORIES: &str = "https://kantakoe.invalid/cs/declaration";

/// A declaration as the system holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldDeclaration {
    pub id: String,
    /// Identity code of the client.
    pub client: String,
    pub declared: Declared,
    /// Whether it is withdrawn.
    pub withdrawn: bool,
    /// Whether it went to Kanta as a document.
    pub is_document: bool,
}

/// Writes Bundles.
pub struct ConsentWriter<'a> {
    /// Settings of the system.
    pub settings: &'a ReferenceSettings,
    pub now: Timestamp,
}

impl ConsentWriter<'_> {
    /// A transaction with these declarations, each with the identifier of its Provenance.
    pub fn write(&self, declarations: &[(HeldDeclaration, String)]) -> Value {
        let mut entries = Vec::new();
        for (declaration, provenance) in declarations {
            entries.push(entry(&declaration.id, "Consent", &self.consent(declaration)));
            if !self.settings.deviates(Fault::DeclarationWithoutProvenance) {
                entries.push(entry(provenance, "Provenance", &self.provenance(&declaration.id)));
            }
        }
        json!({"resourceType": "Bundle", "type": "transaction", "entry": entries})
    }

    fn consent(&self, declaration: &HeldDeclaration) -> Value {
        let forbids = matches!(declaration.declared, Declared::Prohibition { .. });
        let mut provision = json!({"type": if forbids { "deny" } else { "permit" }});
        if let Declared::Prohibition { targets } = &declaration.declared {
            provision["provision"] = targets.iter().map(|one| target(one, self.settings)).collect();
        }
        json!({
            "resourceType": "Consent",
            "identifier": [{"system": "urn:ietf:rfc:3986", "value": format!("urn:oid:{}", declaration.id)}],
            "status": if declaration.withdrawn { "inactive" } else { "active" },
            "scope": {"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/consentscope",
                "code": "patient-privacy",
            }]},
            "category": [{"coding": [self.category(&declaration.declared)]}],
            "patient": {"identifier": {"system": format!("urn:oid:{HETU_ROOT}"), "value": declaration.client}},
            "dateTime": rfc3339_seconds(self.now),
            "policyRule": {"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
                "code": if forbids { "OPTOUT" } else { "OPTIN" },
            }]},
            "provision": provision,
        })
    }

    fn category(&self, declared: &Declared) -> Value {
        let social = self.settings.deviates(Fault::PermitSectorWrong);
        let (code, display) = match declared {
            Declared::Information => ("information", "Kanta-informointi"),
            Declared::Prohibition { .. } => ("prohibition", "Luovutuskielto"),
            Declared::Permit { from, to } => match (from, to) {
                (Sector::HealthCare, Sector::HealthCare) if !social => ("permit-health-to-health", "Luovutuslupa"),
                (Sector::SocialWelfare, Sector::HealthCare) => ("permit-social-to-health", "Luovutuslupa"),
                (Sector::HealthCare, Sector::SocialWelfare) => ("permit-health-to-social", "Luovutuslupa"),
                _ => ("permit-social-to-social", "Luovutuslupa"),
            },
        };
        json!({"system": CATEGORIES, "code": code, "display": display})
    }

    fn provenance(&self, consent: &str) -> Value {
        let (organisation, professional) = (&self.settings.organisation, &self.settings.professional);
        let mut agents = vec![agent("2", PROFESSIONAL_ROOT, &professional.registration_number)];
        if !self.settings.deviates(Fault::DeclarationWithoutUnit) {
            agents.push(agent("7", "", &organisation.unit_oid));
        }
        if self.settings.deviates(Fault::DeclarationByTwoMakers) {
            agents.push(agent("5", PROFESSIONAL_ROOT, &professional.registration_number));
        }
        json!({
            "resourceType": "Provenance",
            "target": [{"reference": format!("urn:oid:{consent}")}],
            "recorded": rfc3339_seconds(self.now),
            "agent": agents,
        })
    }
}

fn entry(id: &str, kind: &str, resource: &Value) -> Value {
    json!({"fullUrl": format!("urn:oid:{id}"), "resource": resource, "request": {"method": "POST", "url": kind}})
}

/// A party in a role. One without a system is told by an OID.
fn agent(role: &str, system: &str, value: &str) -> Value {
    let identifier = match system {
        "" => json!({"system": "urn:ietf:rfc:3986", "value": format!("urn:oid:{value}")}),
        system => json!({"system": format!("urn:oid:{system}"), "value": value}),
    };
    json!({"role": [{"coding": [{"system": ROLES, "code": role}]}], "who": {"identifier": identifier}})
}

fn target(target: &DeclarationTarget, settings: &ReferenceSettings) -> Value {
    let by_oid = |oid: &str| json!({"identifier": {"system": "urn:ietf:rfc:3986", "value": format!("urn:oid:{oid}")}});
    match target {
        DeclarationTarget::Document(id) => {
            json!({"type": "deny", "data": [{"meaning": "instance", "reference": by_oid(id)}]})
        }
        DeclarationTarget::ServiceTask(code) => {
            let system = format!("urn:oid:{}", settings.code().family_services.system.oid);
            json!({"type": "deny", "code": [{"coding": [{"system": system, "code": code}]}]})
        }
        DeclarationTarget::Controller(oid) => {
            let role = json!({"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
                "code": "CST",
            }]});
            json!({"type": "deny", "actor": [{"role": role, "reference": by_oid(oid)}]})
        }
    }
}
