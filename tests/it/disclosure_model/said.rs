//! The structured forms of declarations that are documents.

use kantakoe::domain::DeclarationTarget;

const CLIENT: &str = "\"asiakas\": {\"sukunimi\": \"Koekas\", \"etunimet\": \"Elli Testi\", \"henkilotunnus\": \
                      {\"system\": \"urn:oid:1.2.246.21\", \"value\": \"010181-900C\"}}, \"infoteksti\": \"x\", \
                      \"ammattihenkilon_laatima_asiakirja\": {\"laatija\": {\"sukunimi\": \"Testinen\", \
                      \"etunimet\": \"Tessa\"}}";

pub fn information() -> String {
    format!("{{\"kanta_informointi\": {{{CLIENT}}}}}")
}

pub fn permit(given: bool) -> String {
    let switch = format!("{{\"luovutuslupa\": {given}, \"luovutusluvan_antamisen_ajankohta\": \"2026-11-21\"}}");
    format!("{{\"luovutuslupa_asiakirja\": {{{CLIENT}, \"voimassa_oleva_luovutuslupa\": {switch}}}}}")
}

pub fn prohibition(target: &DeclarationTarget) -> String {
    let code = |system: &str, code: &str| {
        format!("{{\"system\": \"urn:oid:{system}\", \"code\": \"{code}\", \"display\": \"x\"}}")
    };
    let (group, list, items, item) = match target {
        DeclarationTarget::Controller(oid) => (
            "rekisterinpitajaa_koskevat_luovutuskiellot",
            "rekisterinpitajaa_koskeva_luovutuskielto",
            "rekisterinpitaja_jonka_tietojen_luovutus_kielletaan",
            code("1.2.246.537.6.202.2008", oid),
        ),
        DeclarationTarget::ServiceTask(task) => (
            "palvelutehtavaa_koskevat_luovutuskiellot",
            "palvelutehtavaa_koskeva_luovutuskielto",
            "palvelutehtava_jonka_tietojen_luovutus_kielletaan",
            code("1.2.246.537.6.1221.201601", task),
        ),
        DeclarationTarget::Document(id) => (
            "asiakirjoja_koskevat_luovutuskiellot",
            "asiakirjaa_koskeva_luovutuskielto",
            "asiakirja_jonka_luovutus_kielletaan",
            format!("{{\"oid_tunnus\": {{\"value\": \"{id}\"}}}}"),
        ),
    };
    let one = format!("{{\"{items}\": [{item}], \"kiellon_asettamisen_ajankohta\": \"2026-11-21\"}}");
    format!("{{\"kieltoasiakirja\": {{{CLIENT}, \"{group}\": {{\"{list}\": [{one}]}}}}}}")
}
