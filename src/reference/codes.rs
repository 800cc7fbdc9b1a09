//! Codes and identifiers that the system writes, as real messages spell them.

use super::xml::Element;

/// A code with all that goes with it on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coded {
    /// The code.
    pub code: &'static str,
    /// OID of its code system.
    pub system: &'static str,
    /// Name of its code system.
    pub system_name: &'static str,
    /// Display name.
    pub display: &'static str,
}

impl Coded {
    /// Written into an element as `code`, `codeSystem`, `codeSystemName` and `displayName`.
    pub fn on(&self, element: Element) -> Element {
        element
            .with("code", self.code)
            .with("codeSystem", self.system)
            .with("codeSystemName", self.system_name)
            .with("displayName", self.display)
    }

    /// As FHIR and THL's structured forms write it.
    pub fn json(&self) -> serde_json::Value {
        serde_json::json!({"system": format!("urn:oid:{}", self.system), "code": self.code, "display": self.display})
    }
}

const fn coded(code: &'static str, system: &'static str, system_name: &'static str, display: &'static str) -> Coded {
    Coded { code, system, system_name, display }
}

/// Code system of what no public source tells: of the harness's own, under the arc 2.25.
pub const PLACEHOLDER: &str = "2.25.255107866319923602995655518239666143274";
/// Code system of process errors.
pub const ACCESS_RIGHT_ERROR: &str = "5Y00009";

const REQUESTS: (&str, &str) = ("1.2.246.537.6.1503.201601", "Sosiaalihuolto - Arkistosanomien palvelupyynnöt");
const GROUPS: (&str, &str) = ("1.2.246.537.6.1505.201601", "Sosiaalihuolto - Asiakirjaryhmä");
const TYPES: (&str, &str) = ("1.2.246.537.6.1506.201701", "Sosiaalihuolto - Asiakasasiakirjatyyppi");
const SIGNATURES: (&str, &str) = ("1.2.246.537.5.40127.2006", "KanTa-palvelut - Sähköisen allekirjoituksen tyyppi");
const PLACEHOLDERS: (&str, &str) = (PLACEHOLDER, "kantakoe placeholder codes, not national");

pub const STORE_RELATIONSHIP: Coded = coded("SP1", REQUESTS.0, REQUESTS.1, "Asiakkuusasiakirjan arkistointi");
pub const STORE_MATTER: Coded = coded("store-matter", PLACEHOLDERS.0, PLACEHOLDERS.1, "Asia-asiakirjan arkistointi");
pub const STORE_DOCUMENT: Coded = coded("SP17", REQUESTS.0, REQUESTS.1, "Asiakasasiakirjan arkistointi");
pub const STORE_FIRST_PHASE: Coded =
    coded("store-first-phase-document", PLACEHOLDERS.0, PLACEHOLDERS.1, "I vaiheen asiakasasiakirjan arkistointi");
pub const STORE_OLD: Coded =
    coded("store-old-document", PLACEHOLDERS.0, PLACEHOLDERS.1, "Vanhan asiakasasiakirjan arkistointi");
pub const STORE_DECLARATION: Coded =
    coded("store-declaration", PLACEHOLDERS.0, PLACEHOLDERS.1, "Tahdonilmaisun arkistointi");
pub const OWN_USE: Coded = coded(
    "1",
    "1.2.246.537.6.1289.201901",
    "Sosiaalihuolto - Asiakastiedon arkiston käyttötilanne",
    "Palvelunjärjestäjän rekisterin oma käyttö",
);
const SITUATIONS: (&str, &str) =
    ("2.25.164881940897364766539706513194035299512", "kantakoe placeholder use situations, not national");
pub const USE_BY_ACCESS: Coded =
    coded("use-by-register-access", SITUATIONS.0, SITUATIONS.1, "Käyttö rekisterinkäyttöoikeudella");
pub const USE_BY_PERMIT: Coded =
    coded("disclosure-by-permit", SITUATIONS.0, SITUATIONS.1, "Luovutus asiakkaan luvalla");
pub const USE_BY_LAW: Coded =
    coded("disclosure-by-law", SITUATIONS.0, SITUATIONS.1, "Luovutus lakisääteisellä tiedonsaantioikeudella");
pub const GROUP_RELATIONSHIP: Coded = coded("1", GROUPS.0, GROUPS.1, "Asiakkuusasiakirja");
pub const GROUP_MATTER: Coded = coded("2", GROUPS.0, GROUPS.1, "Asia-asiakirja");
pub const GROUP_FIRST_PHASE: Coded = coded("3", GROUPS.0, GROUPS.1, "I vaiheen asiakasasiakirja");
pub const GROUP_OLD: Coded = coded("4", GROUPS.0, GROUPS.1, "Vanha asiakasasiakirja");
pub const GROUP_DOCUMENT: Coded = coded("5", GROUPS.0, GROUPS.1, "Toisen tai myöhemmän vaiheen asiakasasiakirja");
pub const GROUP_PERMIT: Coded = coded("8", GROUPS.0, GROUPS.1, "Luovutuslupa-asiakirja");
pub const GROUP_PROHIBITION: Coded = coded("9", GROUPS.0, GROUPS.1, "Kieltoasiakirja");
pub const GROUP_INFORMATION: Coded = coded("kanta-information", PLACEHOLDERS.0, PLACEHOLDERS.1, "Kanta-informointi");
pub const GENERAL_TYPE: Coded = coded("19", TYPES.0, TYPES.1, "Asiakaskertomusmerkintä");
pub const SPECIFIC_TYPE: Coded = coded("19005", TYPES.0, TYPES.1, "Merkintä tapaamisesta tai yhteydenotosta");
pub const SIGNED_BY_PROFESSIONAL: Coded = coded("1", SIGNATURES.0, SIGNATURES.1, "Ammattihenkilön allekirjoitus");
pub const SIGNED_BY_SYSTEM: Coded = coded("3", SIGNATURES.0, SIGNATURES.1, "Järjestelmäallekirjoitus");
pub const CONFIDENTIAL: Coded = coded(
    "6",
    "1.2.246.777.5.99902.2006",
    "KanTa-palvelut - Asiakirjan luottamuksellisuus",
    "Sosiaalihuollon salassapidettävä",
);
pub const CLIENT_REGISTER: Coded = coded(
    "1",
    "1.2.246.537.6.1264.201701",
    "Sosiaalihuolto - Asiakirjan rekisteritunnus",
    "Sosiaalihuollon asiakasrekisteri",
);
pub const XHTML: Coded =
    coded("2", "1.2.246.537.6.1502.201601", "Sosiaalihuolto - Asiakirjan näyttömuodon formaatti", "XHTML_1.1");
pub const PDF_A: Coded = coded("pdf-a", PLACEHOLDERS.0, PLACEHOLDERS.1, "PDF/A");
pub const JSON: Coded = coded("5", "1.2.246.537.5.40179.2008", "eArkisto - Asiakirjan tiedostomuoto", "JSON");
pub const FAMILY_SERVICES: Coded =
    coded("24", "1.2.246.537.6.1221.201601", "Sosiaalihuolto - Palvelutehtävä", "Lapsiperheiden palvelut");
pub const READY: Coded =
    coded("3", "1.2.246.537.5.40154.2008", "eArkisto - Asiakirjan valmistumisen tila", "Arkistointivalmis");
pub const KEPT_FOR_EVER: Coded = coded(
    "1",
    "1.2.246.537.6.1258.201601",
    "Sosiaalihuolto - asiakirjan kokonaissäilytysaika",
    "Säilytetään pysyvästi",
);
pub const NO_SPECIAL_CONTENT: Coded = coded("E", "1.2.246.537.6.112.2007", "AR/YDIN - Kyllä/EI/Ei tietoa", "Ei");
pub const PLANNING: Coded = coded(
    "3",
    "1.2.246.537.6.1277.201701",
    "Sosiaalihuolto - Sosiaalihuollon palveluprosessi",
    "Asiakkuuden suunnittelu",
);
pub const CARD: Coded = coded(
    "1",
    "1.2.246.537.5.40128.2006",
    "KanTa-palvelut - Tunnistautumistapa",
    "Sosiaali- ja terveydenhuollon ammattihenkilön varmenne",
);
pub const LEGALLY_AUTHENTICATED: Coded =
    coded("LA", "1.2.246.537.5.40115.2006", "KanTa-palvelut - Dokumentin valmiusaste", "Legally authenticated");
pub const ACTIVE: Coded =
    coded("AC", "1.2.246.537.5.40116.2006", "KanTa-palvelut - Dokumentin arkistointikoodi (DocumentStorage)", "Active");
pub const MALE: Coded = coded("1", "1.2.246.537.5.1.1997", "AR/YDIN - Sukupuoli", "Mies");
pub const FEMALE: Coded = coded("2", "1.2.246.537.5.1.1997", "AR/YDIN - Sukupuoli", "Nainen");
/// Class of a matter: 99 "other" is the one published code; it asks for words.
pub const OTHER_MATTER: Coded = coded("99", "1.2.246.537.6.1265", "Sosiaalihuolto - Sosiaalihuollon asia", "Muu");
/// State of a matter: no code of the system is published, so this one says that it is none.
pub const MATTER_OPEN: Coded =
    coded("kantakoe-open", "1.2.246.537.6.1501", "Sosiaalihuolto - Asian tila", "avoin (sijaiskoodi)");
