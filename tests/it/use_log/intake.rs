//! Logs in other forms than the canonical one, and logs that a run does not get from the driver.

use std::net::TcpListener;

use serde_json::{Value, json};

use super::file::Desk;
use super::rules::log;
use crate::bad_input::{RunDesk, vendor_configuration};

const MAPPING: &str = r#"
csv.separator = ";"
time = { format = "%d.%m.%Y %H:%M:%S", zone = "Europe/Helsinki" }

[entry]
time = "Aika"
action = "Toiminto"
"client.value" = "Asiakas"
"user.value" = "Tunnus"
"user.name" = "Nimi"
"purpose.text" = "Peruste"
"objects.documentId" = "Asiakirja"
outcome = "Tulos"

[constant]
"organisation.subscriber" = "1.2.246.10.99999991.10.0"
"controller.id" = "1.2.246.10.99999991.10.0"

[value.action]
Luku = "read"

[value.outcome]
OK = "success"
"#;

const HEADER: &str = "Aika;Toiminto;Asiakas;Tunnus;Nimi;Peruste;Asiakirja;Tulos\n";
const ROW: &str = "21.11.2026 09:15:00;Luku;010181-900C;99900000011;Testinen Tessa;Oma käyttö;1.2.246.1;OK\n";

fn csv(mapping: &str, bytes: &[u8]) -> super::file::Told {
    let desk = Desk::new();
    desk.put("m.toml", mapping.as_bytes());
    desk.put("log.csv", bytes);
    desk.check(&["log.csv", "--mapping", "m.toml"])
}

#[test]
fn rows_are_judged_as_entries() {
    let told = csv(MAPPING, format!("{HEADER}{ROW}{ROW}").as_bytes());
    assert_eq!((told.found(), &told.json["entries"], told.code), (vec![], &json!(2), Some(0)));
    let nameless = ROW.replace("Testinen Tessa", "");
    let told = csv(MAPPING, format!("{HEADER}{ROW}{nameless}").as_bytes());
    assert_eq!(told.found(), [("log-actor-missing".to_owned(), 3, 1, "/user/name".to_owned())]);
}

#[test]
fn broken_rows_and_encodings_are_named_and_the_rest_is_judged() {
    let damaged = |line: u32| ("log-file-damaged".to_owned(), line, 1, String::new());
    let told = csv(MAPPING, format!("{HEADER}{ROW}half;a row\n{ROW}21.11.2026 09:15:00;Lu").as_bytes());
    assert_eq!((told.found(), &told.json["entries"]), (vec![damaged(3), damaged(5)], &json!(2)));
    let text = format!("{HEADER}{ROW}");
    let latin: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).expect("Latin-1")).collect();
    assert_eq!(csv(MAPPING, &latin).found()[0], damaged(2));
    assert_eq!(csv(&MAPPING.replace("\";\"\n", "\";\"\ncsv.encoding = \"latin-1\"\n"), &latin).found(), []);
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(csv(MAPPING, &wide).found(), []);
    assert_eq!(csv(MAPPING, format!("\u{feff}{text}").as_bytes()).found(), []);
}

#[test]
fn mistakes_of_the_mapping_have_line_and_column() {
    let desk = Desk::new();
    desk.put("log.csv", format!("{HEADER}{ROW}").as_bytes());
    for (from, to, told) in [
        ("\"user.name\"", "\"user.nmae\"", "m.toml:10:1"),
        ("\"Nimi\"", "\"Nmi\"", "m.toml:10:15"),
        ("\";\"", "\"; \"", "m.toml:2:17"),
        ("Europe/Helsinki", "Europe/Helsingfors", "m.toml:3:47"),
    ] {
        desk.put("m.toml", MAPPING.replacen(from, to, 1).as_bytes());
        let (code, error) = desk.refused(&["log.csv", "--mapping", "m.toml"]);
        assert!(code == Some(2) && error.contains(told) && !error.contains("error: error"), "{code:?} {error}");
    }
}

/// An AuditEvent that tells what the first entry of the right log tells.
fn event() -> Value {
    let who = |oid: &str| json!({"identifier": {"system": "urn:ietf:rfc:3986", "value": format!("urn:oid:{oid}")}});
    let party = |role: &str| json!({"role": [{"coding": [{"code": role}]}], "requestor": false, "who": who("1.2.246.10.99999991.10.0")});
    json!({
        "resourceType": "AuditEvent", "id": "event-1",
        "type": {"system": "http://terminology.hl7.org/CodeSystem/audit-event-type", "code": "rest"},
        "action": "C", "recorded": "2026-11-21T09:15:00.000+02:00", "outcome": "0",
        "purposeOfEvent": [{"text": "Oma käyttö"}],
        "agent": [
            {"requestor": true, "name": "Testinen Tessa", "who": who("99900000011")},
            party("subscriber"), party("controller"),
        ],
        "source": {"observer": who("1.2.246.10.99999991.24.1")},
        "entity": [
            {"role": {"code": "1"}, "what": {"identifier": {"system": "urn:oid:1.2.246.21", "value": "010181-900C"}}},
            {"what": who("1.2.246.10.99999991.10.0.93.2026.501")},
        ],
    })
}

fn judged(bytes: &str) -> super::file::Told {
    let desk = Desk::new();
    desk.put("events", bytes.as_bytes());
    desk.check(&["events"])
}

#[test]
fn audit_events_are_judged_alone_in_lines_and_in_a_bundle() {
    let entry = |event: &Value| json!({"fullUrl": "urn:oid:1.2", "resource": event});
    let bundle = json!({"resourceType": "Bundle", "type": "searchset", "entry": [
        entry(&event()), entry(&json!({"resourceType": "OperationOutcome"})), entry(&event())]});
    let pretty = serde_json::to_string_pretty(&event()).expect("JSON");
    for (text, entries) in
        [(event().to_string(), 1), (pretty, 1), (format!("{}\n{}\n", event(), event()), 2), (bundle.to_string(), 2)]
    {
        let told = judged(&text);
        assert_eq!((told.found(), &told.json["entries"], told.code), (vec![], &json!(entries), Some(0)), "{text}");
    }
}

#[test]
fn what_an_audit_event_lacks_is_told_with_its_place() {
    let mut wrong = event();
    wrong["agent"][1].as_object_mut().expect("agent").remove("requestor");
    let told = judged(&format!("{}\n{wrong}\n", event()));
    assert_eq!(told.code, Some(1));
    let (code, line, _, path) = told.found().swap_remove(0);
    assert_eq!((code.as_str(), line, path.as_str()), ("audit-event-wrong", 2, "/agent/1/requestor"));
    let mut wrong = event();
    wrong["recorded"] = json!("2026-11-21");
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": wrong}]});
    let found = judged(&bundle.to_string()).found();
    assert_eq!(found[0].3, "/entry/0/resource/recorded");
    assert_eq!(found[1].0, "log-time-wrong");
    let cut = event().to_string();
    let told = judged(&format!("{}\n{}", event(), &cut[..200]));
    assert_eq!((told.found()[0].0.as_str(), told.found()[0].1), ("log-file-damaged", 2));
}

/// A run of the scenarios `only` against the reference system, started as a vendor's would be.
fn run(only: &str, outlet: &str, use_log: &str) -> (RunDesk, crate::bad_input::Ran) {
    let address = TcpListener::bind("127.0.0.1:0").expect("port").local_addr().expect("address").to_string();
    let desk = RunDesk::new();
    let program = env!("CARGO_BIN_EXE_kantakoe");
    let start = format!(
        "start = [\"sh\", \"-c\", \"exec {program} reference --bind {address} {outlet}\"]\n[use-log]\n{use_log}"
    );
    let configuration = vendor_configuration(&format!("http://{address}"), &start);
    let ran = desk.run(&configuration.replace("storage-client-relationship", only));
    (desk, ran)
}

#[test]
fn a_run_reads_the_log_from_a_file() {
    let (_, ran) = run("log-disclosure", "--export-log use-log.jsonl", "from = \"file\"\npath = \"use-log.jsonl\"");
    assert_eq!((ran.code, ran.outcome()), (Some(0), "partial"), "{}", ran.shown());
    let fault = "--fault disclosure-logged-without-recipient --export-log use-log.jsonl";
    let (_, ran) = run("log-disclosure", fault, "from = \"file\"\npath = \"use-log.jsonl\"");
    assert_eq!(ran.findings()[0].0, "log-recipient-missing", "{}", ran.shown());
}

#[test]
fn a_run_judges_the_file_itself() {
    for (fault, format, code) in [
        ("log-file-torn", "jsonl", "log-file-damaged"),
        ("log-numbers-skip", "jsonl", "log-sequence-broken"),
        ("log-hash-not-canonical", "jsonl", "log-chain-broken"),
        ("audit-event-without-requestor", "bundle", "audit-event-wrong"),
    ] {
        let outlet = format!("--fault {fault} --export-log use-log --export-format {format}");
        let (_, ran) = run("log-disclosure", &outlet, "from = \"file\"\npath = \"use-log\"");
        let findings = ran.findings();
        assert!(findings.iter().all(|(found, _)| *found == code), "{fault}: {}", ran.shown());
        let finding = &ran.only()["findings"][0];
        assert_eq!((&finding["blame"], &finding["step"]), (&json!("vendor-system"), &json!("log")), "{fault}");
        assert!(finding["place"]["position"]["line"].is_u64(), "{fault}: {finding}");
    }
}

#[test]
fn a_run_takes_the_log_that_is_sent() {
    let (_, ran) = run("log-disclosure", "--push-log $KANTAKOE_USE_LOG_URL", "from = \"push\"");
    assert_eq!((ran.code, ran.outcome()), (Some(0), "partial"), "{}", ran.shown());
    let (_, ran) = run("log-disclosure", "", "from = \"push\"\nseconds = 1");
    assert!(ran.findings().iter().any(|(code, _)| *code == "log-entry-missing"), "{}", ran.shown());
}

#[test]
fn a_log_file_that_is_not_there_is_a_matter_of_configuration() {
    let (_, ran) = run("log-disclosure", "", "from = \"file\"\npath = \"absent.jsonl\"\nseconds = 1");
    let reason = ran.only()["reason"]["code"].as_str().unwrap_or_default();
    assert_eq!((ran.code, reason), (Some(3), "log-unreadable"), "{}", ran.shown());
}

#[test]
fn mistakes_of_the_configuration_have_line_and_column() {
    let desk = RunDesk::new();
    desk.put("m.toml", "[entry]\naction = 5\n");
    for (text, told) in [
        ("from = \"mail\"", "mail is none of the choices"),
        ("from = \"file\"", "path is missing"),
        ("path = \"a\"", "only a log from a file has this"),
        ("from = \"file\"\npath = \"a\"\nformat = \"csv\"", "needs a mapping"),
        ("from = \"file\"\npath = \"a\"\nmapping = \"m.toml\"", "only a log in CSV has a mapping"),
        ("from = \"file\"\npath = \"a\"\nformat = \"csv\"\nmapping = \"m.toml\"", "m.toml:2:10"),
        ("from = \"push\"\nseconds = 0", "1 to 86400 seconds"),
    ] {
        let ran = desk.run(&format!("[system]\naddress = \"http://127.0.0.1:1\"\n[use-log]\n{text}\n"));
        assert!(ran.code == Some(2) && ran.told.contains(told), "{text}\n{}", ran.shown());
        assert!(ran.told.contains("kantakoe.toml:") || ran.told.contains("m.toml:"), "{}", ran.told);
    }
}

#[test]
fn a_right_entry_maps_to_itself() {
    let desk = Desk::new();
    desk.put("log", format!("{}\n", log()["entries"][0]).as_bytes());
    assert_eq!(desk.check(&["log"]).found(), []);
}
