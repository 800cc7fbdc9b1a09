//! What a system may send to Kanta by mistake or malice: it is refused, told as a finding of the system, and
//! nothing of it breaks the run or its reports.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::path::Path;

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use kantakoe::domain::Hetu;
use quick_junit::TestCaseStatus;
use serde_json::{Value, json};

use super::call;
use super::desk::{Desk, REPORT, Ran};
use super::vendor::{self, Answer, Asked, STORING, Vendor, ended};

const MEGABYTE: usize = 1024 * 1024;
const PLAIN: &str = "tls = \"off\"";

/// A run without TLS against a system that does this when it is asked to store.
fn run(desk: &Desk, store: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Ran {
    let started = vendor::once_started(desk, &STORING);
    let vendor = Vendor::new(desk, move |asked| match asked.action() {
        _ if asked.is_capabilities() => started(),
        "store-client-relationship" => store(asked),
        _ => ended(asked, "succeeded", ""),
    });
    desk.run(&vendor.started(PLAIN))
}

/// A run against a system that sends this body.
fn sending(body: Vec<u8>) -> Ran {
    run(&Desk::new(), move |asked| {
        call::post(asked, &body);
        ended(asked, "succeeded", "")
    })
}

fn has_failed(ran: &Ran, finding: &str, actual: &str, what: &str) {
    assert_eq!((ran.code, ran.outcome()), (Some(1), "fail"), "{what}\n{}", ran.shown());
    assert_eq!(ran.findings(), [(finding, "vendor-system")], "{what}\n{}", ran.shown());
    let told = ran.only()["findings"][0]["actual"].as_str().expect("actual");
    assert!(told.contains(actual), "{what}: {told}");
    assert!(ran.said.contains(finding), "{what}: {}", ran.said);
}

fn wide(text: &str) -> Vec<u8> {
    [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

#[test]
fn what_is_no_message_is_a_finding_of_the_system() {
    let laughs: String = (1..9).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let laughs = format!("<!DOCTYPE a [<!ENTITY l0 \"ha\">{laughs}]><a>&l8;</a>");
    let table: [(&str, Vec<u8>, &str); 12] = [
        ("nothing", Vec::new(), "not well-formed"),
        ("text", b"hello".to_vec(), "not well-formed"),
        ("random bytes", (0..=255).cycle().take(10_000).map(|byte: u8| byte.wrapping_mul(151)).collect(), ""),
        ("another element", b"<a/>".to_vec(), ""),
        ("a DTD", b"<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>".to_vec(), "document type declaration"),
        ("a billion laughs", laughs.into_bytes(), "document type declaration"),
        ("deep nesting", b"<a>".repeat(200_000), "deep"),
        ("UTF-16", wide("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>"), "no SOAP message"),
        ("another encoding", b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xE4</a>".to_vec(), "no SOAP message"),
        ("a declared encoding", b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>".to_vec(), "no SOAP message"),
        ("control characters", b"<a>\x00\x1B[31m\x07</a>".to_vec(), ""),
        ("10 MB", [b"<a>".as_slice(), &vec![b'x'; 10 * MEGABYTE - 7], b"</a>"].concat(), ""),
    ];
    for (what, body, actual) in table {
        has_failed(&sending(body), "message-unreadable", actual, what);
    }
}

#[test]
fn a_message_larger_than_the_archive_takes() {
    let ran = sending([b"<a>".as_slice(), &vec![b'x'; 11 * MEGABYTE], b"</a>"].concat());
    assert_eq!((ran.code, ran.outcome()), (Some(1), "fail"), "{}", ran.shown());
    assert_eq!(ran.findings(), [("message-too-large", "vendor-system")]);
    assert_eq!(ran.only()["findings"][0]["actual"], "more than 10485760 bytes");
}

#[test]
fn a_connection_that_breaks_off_in_a_message() {
    let ran = run(&Desk::new(), |asked| {
        let mut stream = call::connect(asked);
        stream.write_all(call::head("/archive", "text/xml", 1000).as_bytes()).expect("head");
        stream.write_all(b"<Envelope>").expect("body");
        stream.shutdown(Shutdown::Write).expect("shutdown");
        // Kanta has nobody to answer to any more: the connection just ends.
        let _ = stream.read_to_end(&mut Vec::new());
        ended(asked, "failed", "the connection broke")
    });
    assert_eq!((ran.code, ran.outcome()), (Some(1), "fail"), "{}", ran.shown());
    assert!(ran.findings().iter().all(|(_, blame)| *blame == "vendor-system"), "{:?}", ran.findings());
}

#[test]
fn callers_that_never_finish_hold_nobody_up() {
    let ran = run(&Desk::new(), |asked| {
        let open: Vec<_> = ["", "POST /arch", "POST /archive HTTP/1.1\r\nHost: k\r\nContent-Length: 99\r\n\r\n<"]
            .into_iter()
            .map(|start| {
                let mut stream = call::connect(asked);
                stream.write_all(start.as_bytes()).expect("start");
                stream
            })
            .collect();
        // They stay open for as long as the test runs.
        std::mem::forget(open);
        call::post(asked, b"<a/>");
        ended(asked, "succeeded", "")
    });
    has_failed(&ran, "message-unreadable", "", "slow callers");
}

#[test]
fn requests_that_are_none_of_the_archive() {
    let table: [(&str, String); 5] = [
        ("a wrong media type", call::head("/archive", "application/json", 4)),
        (
            "no media type",
            "POST /archive HTTP/1.1\r\nHost: k\r\nConnection: close\r\nContent-Length: 4\r\n\r\n".to_owned(),
        ),
        ("GET", "GET /archive HTTP/1.1\r\nHost: k\r\nConnection: close\r\nContent-Length: 4\r\n\r\n".to_owned()),
        ("an unknown address", call::head("/archives", "text/xml", 4)),
        ("the FHIR root", call::head("/fhir", "text/xml", 4)),
    ];
    for (what, head) in table {
        let ran = run(&Desk::new(), move |asked| {
            let answer = call::bytes(asked, &head, b"<a/>");
            assert!(answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 500"), "{answer}");
            ended(asked, "succeeded", "")
        });
        assert_eq!((ran.code, ran.outcome()), (Some(1), "fail"), "{what}\n{}", ran.shown());
        assert!(!ran.findings().is_empty(), "{what}");
        assert!(ran.findings().iter().all(|(_, blame)| *blame == "vendor-system"), "{what}: {:?}", ran.findings());
    }
}

/// An identity code that a person could have, made here so that no file of ours holds it.
fn foreign() -> String {
    Hetu::compose(jiff::civil::date(1981, 1, 1), 123).expect("compose").as_str().to_owned()
}

/// Whether a file holds the code: as it is, in UTF-16, or in Base64, to the third degree.
fn holds(bytes: &[u8], code: &str, degree: usize) -> bool {
    let narrow: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    if narrow.windows(code.len()).any(|window| window == code.as_bytes()) {
        return true;
    }
    let dense: Vec<u8> = narrow.into_iter().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let mut runs = dense.split(|byte| !is_base64(byte)).filter(|run| run.len() > code.len());
    degree > 0
        && runs.any(|run| {
            (0..4).any(|from| {
                let whole = (run.len() - from) / 4 * 4;
                STANDARD_NO_PAD.decode(&run[from..from + whole]).is_ok_and(|text| holds(&text, code, degree - 1))
                    || STANDARD_NO_PAD.decode(&run[from..]).is_ok_and(|text| holds(&text, code, degree - 1))
            })
        })
}

fn nowhere(desk: &Desk, ran: &Ran, code: &str, what: &str) {
    assert!(!ran.shown().contains(code), "{what}: the terminal shows it");
    let files = desk.report_files();
    assert!(files.len() >= 4, "{files:?}");
    for file in files {
        let bytes = std::fs::read(&file).expect("file");
        assert!(!holds(&bytes, code, 3), "{what}: {} holds it", file.display());
    }
}

#[test]
fn an_identity_code_that_a_person_could_have_is_kept_nowhere() {
    let code = foreign();
    let text = format!("<id extension=\"{code}\"/>");
    let twice = STANDARD.encode(format!("<json>{}</json>", STANDARD.encode(&text)));
    let table: [(&str, Vec<u8>); 6] = [
        ("plain", text.clone().into_bytes()),
        ("Base64", format!("<text>{}</text>", STANDARD.encode(&text)).into_bytes()),
        ("Base64 twice", format!("<text>{twice}</text>").into_bytes()),
        ("a reference", text.replace('-', "&#45;").into_bytes()),
        ("UTF-16", wide(&text)),
        ("no XML", format!("{code}\n{code}").into_bytes()),
    ];
    for (what, body) in table {
        let desk = Desk::new();
        let ran = run(&desk, move |asked| {
            call::post(asked, &body);
            ended(asked, "succeeded", "")
        });
        assert_eq!(ran.code, Some(1), "{what}\n{}", ran.shown());
        assert!(ran.findings().contains(&("identity-code-foreign", "vendor-system")), "{what}: {:?}", ran.findings());
        nowhere(&desk, &ran, &code, what);
    }
}

#[test]
fn nor_is_one_that_the_driver_tells_or_that_stands_in_an_address() {
    let (desk, code) = (Desk::new(), foreign());
    let (told, sought) = (code.clone(), code.clone());
    let ran = run(&desk, move |asked| {
        let head = call::head(&format!("/archive/{told}?of={told}"), "text/xml", 4);
        call::bytes(asked, &head.replacen("\r\n", &format!("\r\nX-Client: {told}\r\n"), 1), b"<a/>");
        let (first, last) = told.split_at(5);
        let action = json!({
            "id": "1", "action": told, "state": "finished", "outcome": "refused",
            "message": format!("{told} and {first}\u{1b}{last}"), "errors": [{ "code": told, "text": told }],
            "result": { told.as_str(): [told], "document": { "id": told, "set-id": told, "version": 1 } },
        });
        vendor::json_answer(StatusCode::CREATED, &action)
    });
    assert_ne!(ran.code, Some(0), "{}", ran.shown());
    nowhere(&desk, &ran, &sought, "the driver's answer");
}

#[test]
fn what_the_driver_says_cannot_break_out_of_the_reports() {
    let nasty = "]]></system-out></testcase><testcase name=\"x\"/><failure/>\u{1b}[31m\u{0}\u{fffe}&amp;\
                 <script>alert(1)</script>--><!--' onload='\"{{7*7}}\n::error::x\n";
    let nice = tell("all is well");
    let (desk, ran) = tell(nasty);
    assert_eq!((ran.code, &ran.report["counts"]), (nice.1.code, &nice.1.report["counts"]), "{}", ran.shown());
    let message = ran.only()["steps"][1]["message"].as_str().expect("message");
    assert!(message.contains("<script>alert(1)</script>"), "it is kept as text: {message}");
    let junit = |desk: &Desk| junit(&desk.path(REPORT));
    assert_eq!(junit(&desk), junit(&nice.0));
    let scripts = |desk: &Desk| page(desk).matches("<script").count();
    assert_eq!(scripts(&desk), scripts(&nice.0));
    assert!(page(&desk).contains("&#60;script&#62;alert(1)") || page(&desk).contains("&lt;script&gt;alert(1)"));
    assert!(!page(&desk).contains(['\u{1b}', '\u{0}', '\u{fffe}']), "no page may hold them");
    assert!(!ran.shown().contains(['\u{1b}', '\u{0}']), "{}", ran.shown());
    assert!(!ran.shown().contains("\n::error"), "a CI server would obey it: {}", ran.shown());
}

fn page(desk: &Desk) -> String {
    std::fs::read_to_string(desk.path(REPORT).join("index.html")).expect("page")
}

/// How many cases there are, and how many of them did not pass, as another library reads them.
pub fn junit(folder: &Path) -> [usize; 4] {
    let text = std::fs::read_to_string(folder.join("junit.xml")).expect("junit.xml");
    let report = quick_junit::Report::deserialize_from_str(&text).expect("JUnit");
    let suites = &report.test_suites;
    let cases = suites.iter().flat_map(|suite| &suite.test_cases);
    [
        suites.iter().map(|suite| suite.test_cases.len()).sum(),
        suites.iter().map(|suite| suite.failures).sum(),
        suites.iter().map(|suite| suite.errors).sum(),
        cases.filter(|case| matches!(case.status, TestCaseStatus::Skipped { .. })).count(),
    ]
}

/// A run against a system that names itself so, says this, and sends this to Kanta.
fn tell(words: &'static str) -> (Desk, Ran) {
    let desk = Desk::new();
    let started = vendor::once_started(&desk, &STORING);
    let vendor = Vendor::new(&desk, move |asked| {
        if asked.is_capabilities() && started().status() == StatusCode::OK {
            let system = json!({ "name": words, "version": words, "vendor": words });
            let unsupported: Value = json!([{ "action": "search-metadata", "reason": words }]);
            let body = json!({
                "driver-api": "1", "actions": STORING, "system": system, "unsupported": unsupported,
            });
            return vendor::json_answer(StatusCode::OK, &body);
        }
        if asked.is_capabilities() {
            return vendor::status(503);
        }
        if asked.action() == "store-client-relationship" {
            call::post(asked, words.as_bytes());
        }
        ended(asked, "refused", words)
    });
    let ran = desk.run(&vendor.started(PLAIN));
    (desk, ran)
}
