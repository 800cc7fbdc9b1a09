//! `kantakoe check` as a person and as a program use it.

use std::path::PathBuf;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

use crate::archive_rules::message;

const MESSAGE: &str = "message.xml";

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("folder") }
    }

    fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).expect("write");
        path
    }

    fn check(&self, arguments: &[&str]) -> Output {
        let mut command = Command::cargo_bin("kantakoe").expect("program");
        command.current_dir(self.folder.path()).arg("check").args(arguments).output().expect("run")
    }
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// The document inside a message, as a file of its own.
fn document(message: &[u8]) -> String {
    let reading = kantakoe::reading::read(message, &Default::default());
    reading.document().expect("document").text.clone()
}

#[test]
fn a_conforming_message_passes_alone_and_beside_its_document() {
    let (desk, message) = (Desk::new(), message("client-document"));
    desk.put(MESSAGE, &message);
    desk.put("document.xml", document(&message).as_bytes());
    for arguments in [vec![MESSAGE], vec![MESSAGE, "document.xml", "--strict"], vec!["document.xml", "--lang", "sv"]] {
        let output = desk.check(&arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output));
    }
}

#[test]
fn one_changed_byte_of_a_signed_body_is_told_with_its_place() {
    let (desk, message) = (Desk::new(), message("client-document"));
    desk.put(MESSAGE, &message);
    let signed = document(&message);
    let changed = signed.replacen("<hl7fi:json>", "<hl7fi:json> ", 1);
    desk.put("document.xml", changed.as_bytes());
    let output = desk.check(&[MESSAGE, "document.xml"]);
    let line = 1 + changed.lines().position(|line| line.contains("<nonXMLBody")).expect("body");
    let told = text(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains(&format!("document.xml:{line}:5\n")), "{told}");
    assert!(
        told.contains("signature-body-differs") && told.contains("/ClinicalDocument/component/nonXMLBody"),
        "{told}"
    );
}

#[test]
fn programs_get_json() {
    let desk = Desk::new();
    desk.put(MESSAGE, b"<a>\n  <b></a>");
    let output = desk.check(&[MESSAGE, "--json"]);
    let told: Value = serde_json::from_str(&text(&output)).expect("JSON");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!((&told["operation"], &told["failures"]), (&"unknown".into(), &1.into()));
    let finding = &told["findings"][0];
    assert_eq!((&finding["file"], &finding["code"]), (&MESSAGE.into(), &"message-unreadable".into()));
    assert_eq!(finding["place"]["position"]["line"], 2);
}

#[test]
fn strictness_turns_remarks_into_failures() {
    let (desk, message) = (Desk::new(), message("client-document"));
    let draft = document(&message).replacen("recordStatus code=\"3\"", "recordStatus code=\"1\"", 1);
    desk.put("document.xml", draft.as_bytes());
    assert_eq!(desk.check(&["document.xml"]).status.code(), Some(0));
    assert_eq!(desk.check(&["document.xml", "--strict"]).status.code(), Some(1));
}

#[test]
fn wrong_calls_are_no_verdicts() {
    let desk = Desk::new();
    desk.put("other.pem", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    desk.put(MESSAGE, &message("client-document"));
    assert_eq!(desk.check(&[]).status.code(), Some(2));
    assert_eq!(desk.check(&[MESSAGE, "--lang", "xx"]).status.code(), Some(2));
    assert_eq!(desk.check(&[MESSAGE, "--trust", "other.pem"]).status.code(), Some(2));
    let absent = desk.check(&["absent.xml"]);
    assert_eq!(absent.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&absent.stderr).contains("absent.xml"));
    assert_eq!(desk.check(&[MESSAGE, "--document-schemas", "absent"]).status.code(), Some(3));
}
