//! Messages in other forms that the standards allow, and what leaves a question open.

use std::fs;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kantakoe::domain::{Level, Severity};
use kantakoe::rule::Finding;
use kantakoe::state::UnknownArchive;
use kantakoe::wire::trust::TrustAnchors;

use super::draft::{Edit, Signer};
use super::world::World;
use super::{Bench, Cases};
use crate::signatures::xmlsec1_verifies;
use crate::support::{shared, tool};

/// What is wrong with the message beside what is only recommended.
fn told(bench: &Bench, message: &[u8]) -> Vec<Finding> {
    let level = |finding: &Finding| bench.catalogue.get_requirement(&finding.requirement).expect("requirement").level;
    let found = bench.judge(message, &World::default()).into_iter();
    found.filter(|finding| level(finding) != Level::Should || finding.severity == Severity::Fail).collect()
}

#[test]
fn variants_have_nothing_wrong_but_what_is_recommended() {
    let (cases, bench) = (Cases::read(), Bench::new());
    assert!(cases.variant.len() >= 10);
    for name in cases.variant.keys() {
        assert_eq!(told(&bench, &cases.message(name, &[], Signer::default())), [], "{name}");
    }
}

/// Those that Debian's xmlsec1 does not verify: it has no RSA-PSS, and does not know the identifiers for XPointer.
const NOT_OF_XMLSEC1: [&str; 4] = ["rsa-pss-256", "rsa-pss-384", "rsa-pss-512", "xpointer"];

#[test]
fn xmlsec1_verifies_the_documents_of_the_variants() {
    if tool("xmlsec1").is_none() {
        return;
    }
    let (cases, folder) = (Cases::read(), tempfile::tempdir().expect("folder"));
    let limits = Default::default();
    for name in cases.variant.keys().filter(|name| !NOT_OF_XMLSEC1.contains(&name.as_str())) {
        let document = kantakoe::reading::read(&cases.message(name, &[], Signer::default()), &limits).document;
        let file = folder.path().join("document.xml");
        fs::write(&file, document.expect("document").expect("read").text).expect("write");
        assert!(xmlsec1_verifies(&file), "{name}");
    }
}

/// The text in an encoding of one byte a letter, as ISO 8859-1 has it.
fn narrow(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(u32::from(letter)).expect("a letter of ISO 8859-1")).collect()
}

fn declared(text: &str, encoding: &str) -> String {
    let start = text.find("?>").map_or(0, |at| at + 2);
    format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>{}", &text[start..])
}

fn encoded(text: &str, encoding: &str) -> Vec<u8> {
    let text = declared(text, encoding);
    match encoding {
        "UTF-16" => format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
        "UTF-8" => format!("\u{FEFF}{text}").into_bytes(),
        _ => narrow(&text),
    }
}

#[test]
fn the_encoding_of_frame_and_document_may_be_another() {
    let (cases, bench) = (Cases::read(), Bench::new());
    let message = String::from_utf8(cases.message("client-document", &[], Signer::default())).expect("UTF-8");
    let document = kantakoe::reading::read(message.as_bytes(), &Default::default()).document;
    let document = document.expect("document").expect("read").text;
    let (before, rest) = message.split_once("representation=\"B64\">").expect("package");
    let (_, after) = rest.split_once("</text>").expect("end");
    for encoding in ["ISO-8859-1", "windows-1252", "UTF-16", "UTF-8"] {
        assert_eq!(told(&bench, &encoded(&message, encoding)), [], "a frame in {encoding}");
        let head = format!(
            "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b; type=\"text/xml\"\r\n\r\n--b\r\n\
             Content-Type: text/xml; charset={encoding}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        );
        let package = format!("{head}{}\r\n--b--\r\n", STANDARD.encode(encoded(&document, encoding)));
        let message = format!("{before}representation=\"B64\">{}</text>{after}", STANDARD.encode(package));
        assert_eq!(told(&bench, message.as_bytes()), [], "a document in {encoding}");
    }
}

#[test]
fn an_algorithm_that_the_harness_does_not_know_yet_leaves_the_question_open() {
    let (cases, mut bench) = (Cases::read(), Bench::new());
    let unknown = "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519";
    let edit = Edit::replace("signed", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", unknown);
    let message = cases.message("client-document", &[edit], Signer::default());
    let codes = |bench: &Bench| -> Vec<(String, Severity)> {
        bench.judge(&message, &World::default()).into_iter().map(|one| (one.code.to_string(), one.severity)).collect()
    };
    assert_eq!(codes(&bench), [("signature-unverified".to_owned(), Severity::Fail)]);
    bench.profile.signature.not_judged = vec![unknown.to_owned()];
    assert_eq!(codes(&bench), [("signature-not-judged".to_owned(), Severity::Note)]);
}

#[test]
fn without_authorities_the_signer_is_not_judged() {
    let (cases, mut bench) = (Cases::read(), Bench::new());
    bench.trust = TrustAnchors::default();
    let found = bench.judge(&cases.message("client-document", &[], Signer::default()), &World::default());
    let told: Vec<_> = found.iter().map(|one| (one.code.as_str(), one.severity)).collect();
    assert_eq!(told, [("signer-not-judged", Severity::Note)]);
}

/// Remarks on what was observed, each with its reason.
const REASONS: [(&str, &str); 1] =
    [("frame-document-differs", "the rule on the frame's time is assumed: see the profile")];

#[test]
fn what_was_observed_has_nothing_wrong() {
    let Some(shared) = shared() else { return };
    let mut bench = Bench::new();
    let inputs = shared.join("cases/inputs");
    let authority = fs::read(inputs.join("test-ca.pem")).expect("authority");
    bench.trust = TrustAnchors::from_pem(&authority).expect("authority");
    bench.caller.serial_number = None;
    let listed = fs::read_dir(&inputs).expect("inputs").map(|entry| entry.expect("entry").path());
    let observed: Vec<_> = listed.filter(|path| path.to_string_lossy().contains("observed-")).collect();
    assert!(observed.len() >= 7);
    for frame in observed.iter().filter(|path| path.to_string_lossy().ends_with(".frame.xml")) {
        let beside = frame.to_string_lossy().replace(".frame.xml", ".document.xml");
        let found =
            bench.judge_pair(&fs::read(frame).expect("frame"), fs::read(beside).ok().as_deref(), &UnknownArchive);
        for finding in found {
            let is_explained = REASONS.iter().any(|(code, _)| finding.code.as_str() == *code);
            let counts = finding.severity == Severity::Fail || finding.severity == Severity::Warning && !is_explained;
            assert!(!counts, "{}: {finding:?}", frame.display());
        }
    }
}
