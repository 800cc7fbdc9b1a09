//! Disclosure notices as FHIR: a transaction Bundle of AuditEvent and Provenance.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::clock::rfc3339;
use super::disclosure::{Disclosure, Item, Notice, Recipient};
use super::draft::DocumentKind;
use super::faults::Fault;
use super::identity::Signer;
use super::jws::detached;
use super::settings::ReferenceSettings;
use crate::domain::{HETU_ROOT, PROFESSIONAL_ROOT};

const PROFILES: &str = "https://shark.kanta.fi/fhir/StructureDefinition/";
const EXTENSIONS: &str = "https://gen.kanta.fi/fhir/StructureDefinition/extension/";
/// Roles of who made a notice, and the older code system of them.
const ROLES: &str = "http://gen.kanta.fi/figen-cs-provenancerolecategory";
const OLD_ROLES: &str = "http://gen.kanta.fi/fikanta-cs-rolecategory";
/// Prefix of codes that no public source tells.
const PLACEHOLDERS: &str = "https://kantakoe.invalid/";

/// Writes Bundles.
#[derive(Debug, Clone, Copy)]
pub struct BundleWriter<'a> {
    /// Settings of the system.
    pub settings: &'a ReferenceSettings,
    /// The key that signs.
    pub signer: &'a Signer,
    /// Time of recording and signing.
    pub now: Timestamp,
}

impl BundleWriter<'_> {
    /// A signed Bundle of notices: how many entries it has, and its JSON text.
    pub fn write(&self, notices: &[Notice]) -> (usize, String) {
        let entries: Vec<Value> = notices.iter().flat_map(|notice| self.pair(notice)).collect();
        let count = entries.len();
        let kind = if self.deviates(Fault::NoticeAsBatch) { "batch" } else { "transaction" };
        let mut bundle = json!({"resourceType": "Bundle", "type": kind, "entry": entries});
        if !self.deviates(Fault::NoticeSignatureMissing) {
            bundle["signature"] = self.signature(&bundle);
        }
        (count, self.written(&bundle))
    }

    fn written(&self, bundle: &Value) -> String {
        let text = if self.settings.variant.reordered { format!("{:#}", reversed(bundle)) } else { bundle.to_string() };
        if self.deviates(Fault::NoticeMemberTwice) { text.replacen('{', "{\"type\":\"transaction\",", 1) } else { text }
    }

    fn deviates(&self, fault: Fault) -> bool {
        self.settings.deviates(fault)
    }

    fn pair(&self, notice: &Notice) -> Vec<Value> {
        let tail = if self.deviates(Fault::FullUrlDiffers) { ".1" } else { "" };
        let full_url = format!("urn:oid:{}{tail}", notice.id);
        let mut pair = vec![entry(&full_url, &self.audit_event(notice))];
        if !self.deviates(Fault::ProvenanceMissing) {
            let provenance = format!("urn:oid:{}", notice.provenance);
            pair.push(entry(&provenance, &self.provenance(notice, &full_url)));
        }
        pair
    }

    fn audit_event(&self, notice: &Notice) -> Value {
        let disclosure = &notice.disclosure;
        let profile = match self.settings.fault {
            Some(Fault::OutdatedProfile) => format!("{PROFILES}SocialWelfareServiceAuditEvent"),
            Some(Fault::NoticeOfForeignProfile) => format!("{PLACEHOLDERS}StructureDefinition/OwnAuditEvent"),
            _ => format!("{PROFILES}SocialWelfareAuditEvent"),
        };
        let mut period = json!({"start": rfc3339(disclosure.at)});
        if self.deviates(Fault::PeriodEndGiven) {
            period["end"] = json!(rfc3339(disclosure.at));
        }
        let mut event = json!({
            "resourceType": "AuditEvent",
            "id": notice.id,
            "meta": {"profile": [profile]},
            "contained": self.contained(notice),
            "extension": [{
                "url": format!("{PLACEHOLDERS}StructureDefinition/TypeOfDisclosure"),
                "valueCoding": placeholder("type-of-disclosure", "outside-archive"),
            }],
            "type": {
                "system": "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle",
                "code": "disclose",
                "display": "Disclose Record Lifecycle Event",
            },
            "period": period,
            "purposeOfEvent": [{"coding": [{
                "system": format!("{PLACEHOLDERS}cs/disclosure-purpose"),
                "code": disclosure.ground,
                "display": disclosure.ground,
            }]}],
            "agent": self.agents(disclosure),
            "source": {"observer": {"reference": "#controller"}},
            "entity": self.entities(disclosure),
        });
        if !self.deviates(Fault::NoticeWithoutRecorded) {
            event["recorded"] = json!(rfc3339(self.recorded(disclosure)));
        }
        event
    }

    fn recorded(&self, disclosure: &Disclosure) -> Timestamp {
        let early = self.deviates(Fault::RecordedBeforeDisclosure);
        if early { disclosure.at - SignedDuration::from_secs(1) } else { self.now }
    }

    fn contained(&self, notice: &Notice) -> Vec<Value> {
        let (organisation, professional) = (&self.settings.organisation, &self.settings.professional);
        let own = (organisation.oid.as_str(), organisation.name.as_str());
        let tenant = notice.disclosure.tenant.as_ref();
        let controller = tenant.map_or(own, |tenant| (&tenant.id, &tenant.name));
        let mut contained = vec![
            json!({
                "resourceType": "Organization", "id": "controller",
                "meta": {"profile": [format!("{PROFILES}SocialWelfareAuditEventOrganization")]},
                "extension": [{"url": format!("{EXTENSIONS}RegisterType"), "valueCoding": self.register()}],
                "identifier": [oid_identifier(controller.0)],
                "name": controller.1,
            }),
            json!({
                "resourceType": "PractitionerRole", "id": "discloser-role",
                "meta": {"profile": [format!("{PROFILES}SocialWelfarePractitionerRole")]},
                "practitioner": {"reference": "#discloser"},
                "organization": {"reference": "#unit"},
            }),
            json!({
                "resourceType": "Practitioner", "id": "discloser",
                "meta": {"profile": [format!("{PROFILES}SocialWelfarePractitioner")]},
                "extension": [{"url": format!("{EXTENSIONS}PractitionerTitle"), "valueString": professional.title}],
                "identifier": [self.registration_number()],
                "name": [{"family": professional.family_name, "given": [professional.given_name]}],
            }),
            json!({
                "resourceType": "Organization", "id": "unit",
                "identifier": [oid_identifier(&organisation.unit_oid)],
                "name": organisation.unit_name,
            }),
            json!({
                "resourceType": "Patient", "id": "client",
                "identifier": [{
                    "use": "official",
                    "system": format!("urn:oid:{HETU_ROOT}"),
                    "value": notice.client.identity_code,
                }],
            }),
        ];
        if self.deviates(Fault::NoticeNamesControllerAlone) {
            contained.retain(|party| ["controller", "client"].iter().any(|id| party["id"] == *id));
        } else if !notice.disclosure.recipient.client && !self.deviates(Fault::NoticeWithoutRecipient) {
            let mut named = recipient(&notice.disclosure.recipient);
            if self.deviates(Fault::NoticeRecipientOther) {
                named["name"] = json!("Muu vastaanottaja");
            }
            contained.push(named);
        }
        if self.deviates(Fault::ContainedUnused) {
            contained.push(json!({"resourceType": "Organization", "id": "unused", "name": "Käyttämätön"}));
        }
        contained
    }

    fn register(&self) -> Value {
        let mut register = self.settings.code().client_register.json();
        if self.deviates(Fault::ForeignRegisterType) {
            register["system"] = json!("https://kantakoe.invalid/cs/register");
        }
        register
    }

    fn registration_number(&self) -> Value {
        json!({
            "system": format!("urn:oid:{PROFESSIONAL_ROOT}"),
            "value": self.settings.professional.registration_number,
        })
    }

    fn agents(&self, disclosure: &Disclosure) -> Vec<Value> {
        let recipient = if disclosure.recipient.client { "#client" } else { "#recipient" };
        let agent = |role: &str, who: &str, requestor: bool| {
            json!({
                "role": [{"coding": [placeholder("agent-role", role)]}],
                "who": {"reference": who},
                "requestor": requestor,
            })
        };
        let mut agents = vec![];
        if !self.deviates(Fault::NoticeWithoutController) {
            agents.push(agent("controller", "#controller", false));
        }
        if self.deviates(Fault::NoticeNamesControllerAlone) {
            return agents;
        }
        agents.push(agent("discloser", "#discloser-role", true));
        if !self.deviates(Fault::NoticeWithoutRecipient) {
            agents.push(agent("recipient", recipient, false));
        }
        agents
    }

    /// The client, and one entity for each item.
    fn entities(&self, disclosure: &Disclosure) -> Vec<Value> {
        let mut items: Vec<Value> = disclosure.items.iter().map(|item| self.entity(item)).collect();
        if self.deviates(Fault::ItemsMerged) && items.len() > 1 {
            let descriptions: Vec<&str> = items.iter().filter_map(|item| item["description"].as_str()).collect();
            let merged = descriptions.join("; ");
            items.truncate(1);
            items[0]["description"] = json!(merged);
        }
        let name = if self.deviates(Fault::NumberAsText) { json!(1) } else { json!("client") };
        let client = json!({"what": {"reference": "#client"}, "name": name});
        [vec![client], items].concat()
    }

    fn entity(&self, item: &Item) -> Value {
        let mut entity = match &item.document {
            Some(document) => json!({"what": {"identifier": oid_identifier(document)}}),
            None => json!({}),
        };
        if self.deviates(Fault::ItemUndescribed) {
            entity["name"] = json!("item");
            return entity;
        }
        if item.kind == Some(DocumentKind::ClientDocument) {
            entity["type"] = self.settings.code().general_type.json();
        }
        let named = item.kind.map_or("Asiakirja", DocumentKind::title);
        entity["description"] = json!(item.description.as_deref().unwrap_or(named));
        entity
    }

    fn provenance(&self, notice: &Notice, target: &str) -> Value {
        let professional = &self.settings.professional;
        let old = self.deviates(Fault::OldRoleSystem);
        let roles = if old { OLD_ROLES } else { ROLES };
        let mut maker = self.registration_number();
        if self.deviates(Fault::NoticeMadeByOther) {
            maker["value"] = json!("99900000022");
        }
        json!({
            "resourceType": "Provenance",
            "id": notice.provenance,
            "meta": {"profile": [format!("{PROFILES}SocialWelfareAuditEventProvenance")]},
            "target": [{"reference": target}],
            "recorded": rfc3339(self.now),
            "agent": [{
                "role": [{"coding": [{
                    "system": roles,
                    "code": "2",
                    "display": "Ammattihenkilö",
                }]}],
                "who": {
                    "identifier": maker,
                    "display": format!("{} {}", professional.family_name, professional.given_name),
                },
            }],
        })
    }

    fn signature(&self, bundle: &Value) -> Value {
        let mut signed = bundle.clone();
        if self.deviates(Fault::NoticeSignatureOverOtherBytes) {
            signed["type"] = json!("batch");
        }
        json!({
            "type": [{
                "system": "urn:iso-astm:E1762-95:2013",
                "code": "1.2.840.10065.1.12.1.14",
                "display": "Source Signature",
            }],
            "when": rfc3339(self.now),
            "who": {"identifier": oid_identifier(&self.settings.organisation.oid)},
            "targetFormat": "application/fhir+json",
            "sigFormat": "application/jose",
            "data": detached(&signed, self.signer),
        })
    }
}

/// The same value, the members of its objects the other way round.
fn reversed(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .rev()
            .map(|(name, value)| (name.clone(), reversed(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Value::Array(list) => list.iter().map(reversed).collect(),
        other => other.clone(),
    }
}

fn entry(full_url: &str, resource: &Value) -> Value {
    json!({"fullUrl": full_url, "request": {"method": "POST", "url": resource["resourceType"]}, "resource": resource})
}

fn placeholder(system: &str, code: &str) -> Value {
    json!({"system": format!("{PLACEHOLDERS}cs/{system}"), "code": code})
}

fn oid_identifier(oid: &str) -> Value {
    json!({"system": "urn:ietf:rfc:3986", "value": format!("urn:oid:{oid}")})
}

fn recipient(recipient: &Recipient) -> Value {
    let mut organisation = json!({"resourceType": "Organization", "id": "recipient"});
    if let Some(id) = &recipient.id {
        organisation["identifier"] = json!([oid_identifier(id)]);
    }
    organisation["name"] = json!(recipient.name);
    organisation
}
