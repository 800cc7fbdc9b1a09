//! Structured forms of planted documents, in the shape of their content specifications.

use serde_json::{Value, json};

use super::model::{PlantedDocument, PlantedKind};
use crate::domain::HETU_ROOT;
use crate::profile::Profile;

/// The structured form of `document`, made on `day`, where its kind has one.
pub(super) fn structured_form(document: &PlantedDocument, profile: &Profile, day: jiff::civil::Date) -> Option<Value> {
    Some(match &document.kind {
        PlantedKind::ClientRelationship => json!({"asiakkuusasiakirja": {
            "asiakkuuden_yksilointitunnus": {"value": document.set_id},
            "asiakirjojen_tiedoksianto": document.text,
            "asiakas": with(client(document), "turvakielto", json!(false)),
            "sosiaalihuollon_asiakkuus": {"asiakkuuden_alkamispvm": day.to_string()},
        }}),
        PlantedKind::Matter { .. } => json!({"asia_asiakirja": {
            "palvelunjarjestajan_toimintayksikko": organisation(document, profile),
            "asiakas": [client(document)],
        }}),
        PlantedKind::ClientDocument { .. } => json!({"merkinta_tapaamisesta_tai_yhteydenotosta": {
            "asiakas": [client(document)],
            "asiakaskertomusmerkinta": {"palvelutehtava": service_task(document, profile), "tapahtuma": {"kuvaus": document.text}},
            "paivamaara": day.to_string(),
            "laatija": {"sukunimi": "Testinen", "etunimet": "Tuomas"},
        }}),
        PlantedKind::FirstPhaseDocument { .. } | PlantedKind::OldDocument { .. } => return None,
    })
}

fn client(document: &PlantedDocument) -> Value {
    json!({
        "sukunimi": document.client.family_name,
        "etunimet": document.client.given_names.join(" "),
        "henkilotunnus": {"system": format!("urn:oid:{HETU_ROOT}"), "value": document.client.identity_code},
    })
}

fn organisation(document: &PlantedDocument, profile: &Profile) -> Value {
    let controller = &document.controller;
    let system = format!("urn:oid:{}", profile.oid("organisation-register"));
    json!({"system": system, "code": controller.oid, "display": controller.name})
}

fn service_task(document: &PlantedDocument, profile: &Profile) -> Value {
    let code = document.service_task.as_str();
    let usual = &profile.planted.service_task;
    let name = if code == usual.code { usual.name.as_str() } else { code };
    json!({"system": format!("urn:oid:{}", profile.oid("service-task")), "code": code, "display": name})
}

fn with(mut object: Value, name: &str, value: Value) -> Value {
    object[name] = value;
    object
}
