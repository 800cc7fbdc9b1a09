//! The two forms of a document's content: XHTML to be shown, JSON to be processed.

use serde_json::{Value, json};

use super::clock::{local, rfc3339_seconds};
use super::declaration_form::declaration_form;
use super::draft::{Attachment, DocumentKind, Draft};
use super::faults::Fault;
use super::nobody::nobodys_code;
use super::pdf::PdfText;
use super::settings::ReferenceSettings;
use super::xml::escape_text;

/// The display form: a fragment of XHTML 1.1 whose root names the document.
pub fn display_form(draft: &Draft, settings: &ReferenceSettings) -> String {
    let kind = draft.kind;
    let general = if kind.is_note() { settings.code().general_type.display.as_str() } else { kind.title() };
    let mut id = draft.id.clone();
    if settings.deviates(Fault::DisplayFormOfOtherDocument) && kind == DocumentKind::ClientDocument {
        id.push_str(".1");
    }
    let client = &draft.client;
    let name = format!("{}, {}", client.family_name, client.given_names.join(" "));
    let masked: String = client.identity_code.chars().take(6).chain("*****".chars()).collect();
    let date = local(draft.made).strftime("%d.%m.%Y").to_string();
    [
        format!("<div class=\"soc-document\" id=\"OID{id}\" xmlns=\"http://www.w3.org/1999/xhtml\">"),
        format!("<div class=\"soc-header\"><div class=\"soc-hdr1\">{}</div>", escape_text(&settings.organisation.name)),
        format!("<div class=\"soc-hdr2\">{general}</div><div class=\"soc-hdr3\">{date}</div></div>"),
        format!("<div class=\"soc-main-wrapper\"><h1 class=\"soc-fulltitle\">{}</h1>", kind.title()),
        item("Asiakas", &format!("{}<br/>{}", escape_text(&name), escape_text(&masked))),
        item("Kuvaus", &shown_text(draft, settings)),
        attached(draft, settings),
        "</div><div class=\"soc-footer\"><div class=\"soc-ftr1\"/></div>".to_owned(),
        if settings.deviates(Fault::DisplayFormUnclosed) && kind.is_note() { "" } else { "</div>" }.to_owned(),
    ]
    .concat()
}

fn shown_text(draft: &Draft, settings: &ReferenceSettings) -> String {
    let twice = settings.deviates(Fault::TextEscapedTwice) && draft.kind == DocumentKind::ClientDocument;
    if twice { escape_text(&escape_text(&draft.text)) } else { escape_text(&draft.text) }
}

/// Links to what comes beside the document.
fn attached(draft: &Draft, settings: &ReferenceSettings) -> String {
    if settings.deviates(Fault::AttachmentWithoutReference) {
        return String::new();
    }
    let link = |one: &Attachment| format!("<a href=\"cid:{}\">{}</a>", escape_text(&one.id), escape_text(&one.name));
    draft.attachments.iter().map(|one| item("Liite", &link(one))).collect()
}

/// The display form in PDF/A.
pub fn pdf_form(draft: &Draft, settings: &ReferenceSettings) -> Vec<u8> {
    let client = &draft.client;
    let masked: String = client.identity_code.chars().take(6).chain("*****".chars()).collect();
    let date = local(draft.made).strftime("%d.%m.%Y").to_string();
    let paragraphs = [
        settings.organisation.name.clone(),
        format!("{} {date}", draft.kind.title()),
        format!("Asiakas: {}, {} {masked}", client.family_name, client.given_names.join(" ")),
        draft.text.clone(),
    ];
    let foreign = settings.deviates(Fault::PdfHoldsForeignCode).then(nobodys_code);
    let title = [Some(draft.kind.title().to_owned()), foreign].into_iter().flatten().collect::<Vec<_>>().join(" ");
    PdfText { id: &draft.id, title: &title, paragraphs: &paragraphs, fault: settings.fault }.write()
}

fn item(title: &str, content: &str) -> String {
    format!(
        "<div class=\"soc-list\"><div class=\"soc-item\"><h1 class=\"soc-title\">{title}</h1>\
         <div class=\"soc-content\"><p>{content}</p></div></div></div>"
    )
}

/// The structured form, valid against THL's schema of the document type.
pub fn structured_form(draft: &Draft, settings: &ReferenceSettings) -> Value {
    match draft.kind {
        DocumentKind::ClientRelationship => relationship(draft),
        DocumentKind::Matter => matter(draft, settings),
        DocumentKind::Information | DocumentKind::Permit | DocumentKind::Prohibition => {
            draft.intent.as_ref().map_or(Value::Null, |intent| declaration_form(draft, intent, settings))
        }
        _ => meeting(draft, settings),
    }
}

fn relationship(draft: &Draft) -> Value {
    let mut client = client_of(draft);
    client["turvakielto"] = json!(false);
    json!({"asiakkuusasiakirja": {
        "asiakkuuden_yksilointitunnus": identifier("1.2.246.1", &draft.set_id),
        "asiakirjojen_tiedoksianto": draft.text,
        "asiakas": client,
        "sosiaalihuollon_asiakkuus": {"asiakkuuden_alkamispvm": day(draft)},
    }})
}

fn matter(draft: &Draft, settings: &ReferenceSettings) -> Value {
    let organisation = &settings.organisation;
    json!({"asia_asiakirja": {
        "palvelunjarjestajan_toimintayksikko": organisation_code(&organisation.oid, &organisation.name),
        "asiakas": [client_of(draft)],
        "asian_tiedot": {
            "asiatunnus": identifier("1.2.246.1", &draft.set_id),
            "nimi": settings.code().other_matter.json(),
            "lisatieto_luokkaan_muu": draft.text,
            "tila": settings.code().matter_open.json(),
            "avauspaiva": day(draft),
            "palvelutehtava": settings.code().family_services.json(),
        },
    }})
}

fn meeting(draft: &Draft, settings: &ReferenceSettings) -> Value {
    let (organisation, professional) = (&settings.organisation, &settings.professional);
    let time = rfc3339_seconds(draft.made);
    let mut document = json!({
        "asiakas": [client_of(draft)],
        "asiakaskertomusmerkinta": {
            "palvelutehtava": settings.code().family_services.json(),
            "tapahtuma": {
                "ajanjakso": {"alkamishetki": time, "paattymishetki": time},
                "kuvaus": draft.text,
            },
        },
        "paivamaara": day(draft),
    });
    if settings.deviates(Fault::IdentityCodeMistyped) {
        let code = &draft.client.identity_code;
        let wrong = if code.ends_with('0') { "1" } else { "0" };
        document["asiakas"][0]["henkilotunnus"]["value"] = json!(format!("{}{wrong}", &code[..code.len() - 1]));
    }
    if settings.deviates(Fault::JsonNamesOther) {
        document["asiakas"][0]["sukunimi"] = json!(format!("{}-Koe", draft.client.family_name));
    }
    if settings.deviates(Fault::ClientIdentifiedTwice) {
        document["asiakas"][0]["tilapainen_yksilointitunnus"] = identifier("1.2.246.10.99999991.22.2026", "1");
    }
    if !settings.deviates(Fault::JsonRequiredMissing) {
        document["laatija"] = json!({
            "sukunimi": professional.family_name,
            "etunimet": professional.given_name,
            "tehtavanimike": professional.title,
            "palveluyksikko": organisation_code(&organisation.unit_oid, &organisation.unit_name),
        });
    }
    json!({"merkinta_tapaamisesta_tai_yhteydenotosta": document})
}

fn client_of(draft: &Draft) -> Value {
    json!({
        "sukunimi": draft.client.family_name,
        "etunimet": draft.client.given_names.join(" "),
        "henkilotunnus": identifier(crate::domain::HETU_ROOT, &draft.client.identity_code),
    })
}

fn identifier(system: &str, value: &str) -> Value {
    json!({"system": format!("urn:oid:{system}"), "value": value})
}

fn organisation_code(oid: &str, name: &str) -> Value {
    json!({"system": "urn:oid:1.2.246.537.6.202.2008", "code": oid, "display": name})
}

fn day(draft: &Draft) -> String {
    local(draft.made).date().to_string()
}

/// The text that a structured form tells, wherever its document type keeps it.
pub fn text_of(structured: &Value) -> Option<&str> {
    const TEXTS: [&str; 4] = ["kuvaus", "lisatieto_luokkaan_muu", "asiakirjojen_tiedoksianto", "infoteksti"];
    match structured {
        Value::Object(members) => TEXTS
            .iter()
            .find_map(|name| members.get(*name).and_then(Value::as_str))
            .or_else(|| members.values().find_map(text_of)),
        Value::Array(values) => values.iter().find_map(text_of),
        _ => None,
    }
}
