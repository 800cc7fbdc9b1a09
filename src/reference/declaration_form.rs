//! The structured form of declarations of intent as documents.

use serde_json::{Value, json};

use super::clock::local;
use super::draft::{Draft, Intent};
use super::faults::Fault;
use super::settings::ReferenceSettings;
use crate::domain::{DeclarationTarget, Declared, HETU_ROOT};

const INFORMATION: &str = "Asiakkaalle on annettu tieto Kanta-palveluista.";
const PERMIT: &str = "Asiakas on antanut luvan tietojensa luovuttamiseen.";
const PROHIBITION: &str = "Asiakas on kieltänyt tietojensa luovuttamisen.";

/// The structured form of a declaration.
pub fn declaration_form(draft: &Draft, intent: &Intent, settings: &ReferenceSettings) -> Value {
    let day = local(draft.made).date().to_string();
    match &intent.declared {
        Declared::Information => json!({"kanta_informointi": {
            "asiakas": client(draft, settings),
            "infoteksti": INFORMATION,
            "informoinnin_ajankohta": day,
            "ammattihenkilon_laatima_asiakirja": author(settings),
            "laatimispaivamaara": day,
        }}),
        Declared::Permit { .. } => permit(draft, intent, settings, &day),
        Declared::Prohibition { targets } => prohibition(draft, targets, settings, &day),
    }
}

fn permit(draft: &Draft, intent: &Intent, settings: &ReferenceSettings, day: &str) -> Value {
    let given = !intent.withdrawn || settings.deviates(Fault::PermitDocumentStaysGiven);
    let mut content = json!({
        "asiakas": client(draft, settings),
        "infoteksti": PERMIT,
        "voimassa_oleva_luovutuslupa": {"luovutuslupa": given, "luovutusluvan_antamisen_ajankohta": day},
        "ammattihenkilon_laatima_asiakirja": author(settings),
        "laatimispaivamaara": day,
    });
    if settings.deviates(Fault::PermitDocumentByOtherRole) {
        let role = json!({"system": "urn:oid:1.2.246.537.6.1284.2016", "code": "12", "display": "Vanhempi"});
        content["luovutusluvan_antaja_on_laillinen_edustaja"] = json!(true);
        content["luovutusluvan_antaja"] = json!([{"sukunimi": "Edustaja", "etunimet": "Esko", "rooli": role}]);
    }
    json!({"luovutuslupa_asiakirja": content})
}

fn prohibition(draft: &Draft, targets: &[DeclarationTarget], settings: &ReferenceSettings, day: &str) -> Value {
    let mut content = json!({
        "asiakas": client(draft, settings),
        "infoteksti": PROHIBITION,
        "ammattihenkilon_laatima_asiakirja": author(settings),
        "laatimispaivamaara": day,
    });
    let named = targets.iter().filter(|_| !settings.deviates(Fault::ProhibitionDocumentWithoutTarget));
    for target in named {
        let (group, list, items, item) = place(target);
        content[group] = json!({list: [{items: [item], "kiellon_asettamisen_ajankohta": day}]});
    }
    json!({"kieltoasiakirja": content})
}

/// Where a target stands, and how it is written there.
fn place(target: &DeclarationTarget) -> (&'static str, &'static str, &'static str, Value) {
    let code = |system: &str, code: &str, display: &str| json!({"system": format!("urn:oid:{system}"), "code": code, "display": display});
    match target {
        DeclarationTarget::Controller(oid) => (
            "rekisterinpitajaa_koskevat_luovutuskiellot",
            "rekisterinpitajaa_koskeva_luovutuskielto",
            "rekisterinpitaja_jonka_tietojen_luovutus_kielletaan",
            code("1.2.246.537.6.202.2008", oid, "Rekisterinpitäjä"),
        ),
        DeclarationTarget::ServiceTask(task) => (
            "palvelutehtavaa_koskevat_luovutuskiellot",
            "palvelutehtavaa_koskeva_luovutuskielto",
            "palvelutehtava_jonka_tietojen_luovutus_kielletaan",
            code("1.2.246.537.6.1221.201601", task, "Palvelutehtävä"),
        ),
        DeclarationTarget::Document(set_id) => (
            "asiakirjoja_koskevat_luovutuskiellot",
            "asiakirjaa_koskeva_luovutuskielto",
            "asiakirja_jonka_luovutus_kielletaan",
            json!({"oid_tunnus": {"system": "urn:oid:1.2.246.1", "value": set_id}}),
        ),
    }
}

fn client(draft: &Draft, settings: &ReferenceSettings) -> Value {
    let mut client = json!({
        "sukunimi": draft.client.family_name,
        "etunimet": draft.client.given_names.join(" "),
    });
    if !settings.deviates(Fault::DeclarationDocumentWithoutCode) {
        let system = format!("urn:oid:{HETU_ROOT}");
        client["henkilotunnus"] = json!({"system": system, "value": draft.client.identity_code});
    }
    client
}

/// Who made the document in a client system.
fn author(settings: &ReferenceSettings) -> Value {
    if settings.deviates(Fault::DeclarationDocumentWithoutAuthor) {
        return json!({});
    }
    let (organisation, professional) = (&settings.organisation, &settings.professional);
    json!({"laatija": {
        "sukunimi": professional.family_name,
        "etunimet": professional.given_name,
        "tehtavanimike": professional.title,
        "palveluyksikko": {
            "system": "urn:oid:1.2.246.537.6.202.2008",
            "code": organisation.unit_oid,
            "display": organisation.unit_name,
        },
    }})
}
