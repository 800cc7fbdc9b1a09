//! A run made by hand, for the tests of the reports: one scenario of each kind, and every kind of
//! message.

use std::sync::{Arc, LazyLock};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::json;

use crate::domain::{ActionOutcome, Area, Blame, Evidence, Fault, Hetu, Operation, Outcome, RequirementKind, Severity};
use crate::evidence::{
    ActionRecord, ArchivedDocument, Body, Caller, Entry, Exchange, Provenance, RecordedMessage, ServiceTag, Snapshot,
};
use crate::profile::{Validity, Window};
use crate::report::{FindingTexts, Language, Texts};
use crate::rule::{Catalogue, Finding, FindingCode, Place, Strictness};
use crate::run::{
    Counts, ProfileValidity, Reason, ReasonCode, RunHeader, RunResult, ScenarioVerdict, Selection, StepVerdict,
    SystemFacts,
};
use crate::source::{Position, SourceFile};
use crate::wire::{Part, mime};
use crate::words::Translated;
use crate::words::said;

const CODES: [&str; 6] = [
    "action-failed",
    "document-group-unfit",
    "exchange-unmatched",
    "frame-document-differs",
    "notice-controller-missing",
    "rule-unlisted",
];
/// A token that must never be seen in a report.
pub const TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJleGFtcGxlIn0.c2lnbmF0dXJlLW9mLXRva2Vu";

/// A catalogue of its own, so that the expected reports stay as they are when the project's grows.
pub static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let requirements = [
        ("STO-01", "storage", "must", "published"),
        ("STO-02", "search", "must", "observed"),
        ("STO-03", "robustness", "should", "published"),
        ("STO-04", "storage", "must", "observed"),
        ("STO-05", "disclosure-notice", "must", "observed"),
        ("TRA-01", "transport", "must", "standard"),
        ("TRA-07", "transport", "may", "assumed"),
    ];
    let requirements = requirements.map(|(id, area, level, evidence)| {
        format!(
            "[[requirement]]\nid = '{id}'\narea = '{area}'\nlevel = '{level}'\nevidence = '{evidence}'\n\
             text = {{ fi = 'vaatimus {id}', sv = 'krav {id}', en = 'requirement {id}' }}\n\
             source = {{ document = 'Document of {id}', date = '2026', section = '' }}\n"
        )
    });
    let findings =
        CODES.map(|code| format!("[[finding]]\ncode = '{code}'\nrequirement = 'TRA-01'\nblame = 'vendor-system'\n"));
    catalogue(&requirements.concat(), &findings.concat())
});

/// The project's own catalogue.
pub fn real_catalogue() -> Catalogue {
    catalogue(include_str!("../../catalogue/requirements.toml"), include_str!("../../catalogue/findings.toml"))
}

/// The words of the reports, with texts for the findings of the example only.
pub fn texts(language: Language) -> &'static Texts {
    let about = |code: &str| FindingTexts {
        title: format!("title of {code}"),
        cause: format!("usual cause of {code}"),
        mend: format!("how to mend {code}: `like this`"),
        avoid: format!("what to avoid with {code}"),
    };
    let findings = CODES.map(|code| (code.to_owned(), about(code))).into();
    Box::leak(Box::new(Texts::with_findings(language, findings)))
}

fn catalogue(requirements: &str, findings: &str) -> Catalogue {
    let file = |name: &str, text: &str| SourceFile::new(name, text);
    Catalogue::read(&file("requirements.toml", requirements), &file("findings.toml", findings))
        .expect("the catalogue is whole")
}

/// An identity code that could belong to a person, and must never be seen in a report.
pub fn foreign_code() -> String {
    Hetu::compose(jiff::civil::date(1981, 1, 1), 123).expect("a birth date").as_str().to_owned()
}

/// The document of the first exchange.
pub fn document() -> String {
    let display = r#"<div class="soc-document" xmlns="http://www.w3.org/1999/xhtml"><div class="soc-header"><div class="soc-hdr1">Näytealue</div><div class="soc-hdr2">Asiakaskertomusmerkintä</div></div><div class="soc-main-wrapper"><p>KK-7F3A Tapaaminen sovittiin.</p></div></div>"#;
    let body = json!({ "merkinta": { "asiakas": [{ "sukunimi": "Näyteläinen", "etunimi": "Aino Testi", "henkilotunnus": "150675-901X" }],
        "kirjaus": [{ "otsikko": "Tapaaminen", "teksti": "KK-7F3A Tapaaminen sovittiin." }], "paivays": "2026-11-20" } });
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:fi="urn:hl7finland"><id root="1.2.246.10.99999991.95.2026.1.501"/><code code="19" codeSystem="1.2.246.537.6.1506.201701" displayName="Asiakaskertomusmerkintä"/><effectiveTime value="20261120100000+0200"/><setId root="1.2.246.10.99999991.95.2026.1.501"/><versionNumber value="1"/><recordTarget><patientRole><id root="1.2.246.21" extension="150675-901X"/></patientRole></recordTarget><component><nonXMLBody ID="b1"><text mediaType="application/xhtml+xml" representation="B64">{}</text><fi:json>{}</fi:json></nonXMLBody></component></ClinicalDocument>"#,
        STANDARD.encode(display),
        STANDARD.encode(body.to_string())
    )
}

/// The frame that carries it.
pub fn frame() -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><RCMR_IN200002FI01 xmlns="urn:hl7-org:v3" ITSVersion="XML_1.0"><id root="1.2.246.10.99999991.10.0" extension="1000001"/><creationTime value="20261120100005+0200"/><interactionId root="2.16.840.1.113883.1.6" extension="RCMR_IN200002FI01"/><processingCode code="D"/><controlActProcess classCode="CACT" moodCode="EVN"><reasonCode code="SP1" codeSystem="1.2.246.537.6.1503.201601"/><subject><clinicalDocument><id root="1.2.246.10.99999991.95.2026.1.501"/><text mediaType="multipart/related" representation="B64">{}</text><statusCode code="COMPLETED"/><setId root="1.2.246.10.99999991.95.2026.1.501"/><versionNumber value="2"/></clinicalDocument></subject></controlActProcess></RCMR_IN200002FI01></soap:Body></soap:Envelope>"#,
        STANDARD.encode(mime::pack(document().as_bytes()))
    )
}

/// A run that failed.
pub fn result() -> RunResult {
    let scenarios = vec![failed(), warned(), passed(), lacking(), unreachable()];
    let counts = Counts::of(scenarios.iter().map(|verdict| verdict.outcome));
    RunResult {
        header: header(),
        outcome: Outcome::Fail,
        counts,
        reason: None,
        findings: vec![Finding {
            exchange: Some(4),
            ..finding(FindingCode::ExchangeUnmatched, "TRA-07", Evidence::Assumed, Severity::Warning)
        }],
        scenarios,
        evidence_root: "5f".repeat(32),
        ended: at(9),
    }
}

/// The evidence of that run.
pub fn entries() -> Vec<Arc<Entry>> {
    let store = exchange(1, "archive", Operation::Store, &frame());
    let search = Exchange {
        answer: None,
        accepted: false,
        fault: Some(Fault::CloseBeforeStoring),
        ..exchange(2, "archive", Operation::SearchDocuments, "<RCMR_IN000031UV01/>")
    };
    let mut notice = exchange(3, "fhir", Operation::StoreNotice, &json!({ "resourceType": "Bundle", "type": "transaction",
        "entry": [{ "fullUrl": "urn:uuid:0d3f", "resource": { "resourceType": "AuditEvent", "note": format!("{} {TOKEN}", foreign_code()) } }] }).to_string());
    notice.request.headers.push(("Authorization".into(), format!("Bearer {TOKEN}")));
    let mut unmatched = exchange(4, "other", Operation::Unknown, "");
    unmatched.request.body =
        Body::Withheld { bytes: 812, reason: "it held an identity code that may belong to a person".into() };
    let action = ActionRecord {
        scenario: "storage/client-document".into(),
        step: "store".into(),
        action: "store-client-document".into(),
        key: String::new(),
        parameters: json!({ "client": "150675-901X", "marker": "KK-7F3A" }),
        started: at(1),
        ended: at(3),
        outcome: ActionOutcome::Refused,
        result: json!({ "document": { "id": "1.2.246.10.99999991.95.2026.1.501", "version": 1 } }),
        message: format!("Kanta refused <b>{}</b>", foreign_code()),
    };
    let snapshot = Snapshot {
        scenario: "storage/client-document".into(),
        documents: vec![ArchivedDocument {
            id: "1.2.246.10.99999991.95.2026.1.300".into(),
            set_id: "1.2.246.10.99999991.95.2026.1.300".into(),
            version: 1,
            person: "150675-901X".into(),
            controller: "1.2.246.10.99999991.10.0".into(),
            group: "1".into(),
            register: "1".into(),
            nullified: false,
            provenance: Provenance::Planted,
            text: "KK-7F3A".into(),
        }],
        ..Snapshot::default()
    };
    let exchanges = [store, search, notice, unmatched].map(|exchange| Entry::Exchange(Box::new(exchange)));
    exchanges.into_iter().chain([Entry::Action(Box::new(action)), Entry::Snapshot(snapshot)]).map(Arc::new).collect()
}

/// A finding with these marks and otherwise plain values.
pub fn finding(code: FindingCode, requirement: &str, evidence: Evidence, severity: Severity) -> Finding {
    Finding {
        code,
        requirement: requirement.into(),
        kind: RequirementKind::Form,
        evidence,
        severity,
        blame: Blame::VendorSystem,
        exchange: None,
        step: None,
        place: None,
        expected: "what should be".into(),
        actual: "what is".into(),
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_250_000 + second).expect("in range")
}

fn header() -> RunHeader {
    RunHeader {
        harness: "0.1.0".into(),
        profile: "social-welfare 2026-11".into(),
        differences: None,
        validity: ProfileValidity::on(validity(), at(0).to_zoned(jiff::tz::TimeZone::UTC).date()),
        profile_digest: "ab".repeat(32),
        suite_digest: "cd".repeat(32),
        configuration_digest: "ef".repeat(32),
        system: SystemFacts {
            name: "Näytejärjestelmä <X>".into(), version: "4.2.0".into(), vendor: "Näyte Oy".into()
        },
        driver: "http".into(),
        seed: 42,
        strictness: Strictness::Warn,
        tls: false,
        selection: Selection { total: 7, chosen: 5, digest: "09".repeat(32), ..Selection::default() },
        started: at(0),
    }
}

fn validity() -> Validity {
    let known = Window { from: Some(jiff::civil::date(2026, 9, 1)), until: None, evidence: Evidence::Published };
    Validity { certification: known, production: Window { from: None, evidence: Evidence::Assumed, ..known } }
}

fn place(part: Part, path: &str, text: &str, needle: &str) -> Option<Place> {
    let position = text.find(needle).map(|offset| Position::of(text, offset));
    Some(Place { part, path: path.into(), position })
}

fn translated(fi: &str, sv: &str, en: &str) -> Translated {
    let texts = [(Language::Fi, fi), (Language::Sv, sv), (Language::En, en)];
    texts.into_iter().map(|(language, text)| (language, text.to_owned())).collect()
}

fn verdict(id: &str, title: Translated, requirements: &[&str], outcome: Outcome) -> ScenarioVerdict {
    let area =
        Area::named(id.split('/').next().unwrap_or_default()).expect("the id of an example begins with its area");
    ScenarioVerdict {
        id: id.into(),
        area,
        title,
        purpose: translated(
            "Kantaan menee se, mitä käyttäjä kirjasi.",
            "Till Kanta går det som användaren skrev.",
            "What the user wrote is what goes to Kanta.",
        ),
        source: format!("scenarios/{id}.toml:1"),
        requirements: requirements.iter().map(|id| (*id).to_owned()).collect(),
        outcome,
        reason: None,
        findings: Vec::new(),
        steps: Vec::new(),
        exchanges: Vec::new(),
        milliseconds: 40,
    }
}

fn step(name: &str, action: &str, outcome: ActionOutcome, message: &str, exchanges: &[u64]) -> StepVerdict {
    StepVerdict {
        name: name.into(),
        action: action.into(),
        outcome,
        message: message.into(),
        exchanges: exchanges.to_vec(),
    }
}

fn failed() -> ScenarioVerdict {
    let (frame, document) = (frame(), document());
    let title =
        translated("Asiakasasiakirjan arkistointi", "Arkivering av en klienthandling", "Storing a client document");
    ScenarioVerdict {
        findings: vec![
            Finding {
                exchange: Some(1),
                place: place(
                    Part::Frame,
                    "/RCMR_IN200002FI01/controlActProcess/reasonCode[1]/@code",
                    &frame,
                    "<reasonCode",
                ),
                expected: "SP17".into(),
                actual: "SP1".into(),
                ..finding(FindingCode::DocumentGroupUnfit, "STO-04", Evidence::Observed, Severity::Fail)
            },
            Finding {
                exchange: Some(1),
                place: place(Part::Document, "/ClinicalDocument/versionNumber/@value", &document, "<versionNumber"),
                expected: "2, as in the frame".into(),
                actual: "1".into(),
                ..finding(FindingCode::FrameDocumentDiffers, "STO-05", Evidence::Observed, Severity::Warning)
            },
            Finding {
                step: Some("store".into()),
                expected: said::succeeded(),
                actual: said::refused_value(format!(
                    "{} {TOKEN} ]]></system-out><testcase name=\"forged\"/>",
                    foreign_code()
                )),
                ..finding(FindingCode::ActionFailed, "TRA-01", Evidence::Standard, Severity::Fail)
            },
        ],
        steps: vec![
            step("know", "know-client", ActionOutcome::Succeeded, "", &[]),
            step(
                "store",
                "store-client-document",
                ActionOutcome::Refused,
                &format!("Kanta refused <b>{}</b>", foreign_code()),
                &[1, 2],
            ),
        ],
        exchanges: vec![1, 2],
        ..verdict("storage/client-document", title, &["STO-01", "STO-04"], Outcome::Fail)
    }
}

fn warned() -> ScenarioVerdict {
    let title = translated("Luovutusilmoitus", "Anmälan om utlämnande", "A disclosure notice");
    ScenarioVerdict {
        findings: vec![Finding {
            exchange: Some(3),
            place: Some(Place { part: Part::Bundle, path: "/entry/0/resource".into(), position: None }),
            ..finding(FindingCode::NoticeControllerMissing, "STO-05", Evidence::Assumed, Severity::Warning)
        }],
        steps: vec![step("disclose", "record-disclosures", ActionOutcome::Succeeded, "", &[3])],
        exchanges: vec![3],
        ..verdict("disclosure-notice/one-document", title, &["STO-05"], Outcome::Warning)
    }
}

fn passed() -> ScenarioVerdict {
    let title =
        translated("Asiakkuuden arkistointi", "Arkivering av ett klientförhållande", "Storing a client relationship");
    verdict("storage/client-relationship", title, &["STO-01"], Outcome::Pass)
}

fn lacking() -> ScenarioVerdict {
    let title = translated("Kuvailutietojen haku", "Sökning av beskrivningsuppgifter", "Searching for metadata");
    ScenarioVerdict {
        reason: Some(Reason {
            code: ReasonCode::CapabilityMissing,
            detail: "search-metadata: comes in version 5".into(),
        }),
        ..verdict("search/metadata", title, &["STO-02"], Outcome::NotApplicable)
    }
}

fn unreachable() -> ScenarioVerdict {
    let title = translated("Kanta ei vastaa", "Kanta svarar inte", "Kanta does not answer");
    ScenarioVerdict {
        reason: Some(Reason { code: ReasonCode::ActionTimedOut, detail: "store-matter, 30 s".into() }),
        ..verdict("robustness/no-answer", title, &["STO-03"], Outcome::Inconclusive)
    }
}

fn exchange(number: u64, service: &'static str, operation: Operation, body: &str) -> Exchange {
    let message = |start: &str, body: &str| RecordedMessage {
        start: start.into(),
        headers: vec![("Content-Type".into(), "text/xml; charset=utf-8".into())],
        body: Body::Raw(body.as_bytes().to_vec()),
    };
    Exchange {
        number,
        service: ServiceTag::of_id(service),
        lane: String::new(),
        received: at(1),
        answered: at(2),
        caller: Caller {
            address: "127.0.0.1".into(),
            subject: Some("CN=Näytejärjestelmä".into()),
            serial_number: Some("1.2.246.10.99999991.10.0".into()),
        },
        request: message("POST /archive", body),
        answer: Some(message(
            "200",
            "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body><MCCI_IN000002UV01 xmlns=\"urn:hl7-org:v3\"><acknowledgement><typeCode code=\"AE\"/><acknowledgementDetail typeCode=\"E\"><code code=\"4Y00007\" codeSystem=\"1.2.246.537.5.40112.2006\"/><text>[document-group-unfit] the group does not fit</text></acknowledgementDetail></acknowledgement></MCCI_IN000002UV01></soap:Body></soap:Envelope>",
        )),
        operation,
        persons: vec!["150675-901X".into()],
        message_id: Some(format!("1.2.246.10.99999991.10.0:100000{number}")),
        accepted: number == 3,
        repeated: false,
        handed_out: Vec::new(),
        refused_for: if number == 1 { vec![FindingCode::DocumentGroupUnfit.into()] } else { Vec::new() },
        fault: None,
    }
}
