//! Ports, folders and files of the machine that cannot be used: one clear line, and the right exit code.

use std::net::TcpListener;

use super::desk::{CONFIGURATION, Desk, Ran};
use super::vendor;

fn configuration(run: &str, kanta: &str) -> String {
    let text = vendor::configuration("http://127.0.0.1:9", &format!("[kanta]\n{kanta}"));
    text.replace("report = \"reports/latest\"\n", &format!("{run}\n"))
}

fn is_one_line(ran: &Ran, code: i32, words: &[&str]) {
    assert_eq!(ran.code, Some(code), "{}", ran.shown());
    assert!(ran.told.lines().count() == 1 && ran.told.starts_with("error: "), "{}", ran.told);
    for words in words {
        assert!(ran.told.contains(words), "{words} is missing: {}", ran.told);
    }
    assert!(ran.said.is_empty(), "{}", ran.said);
}

#[test]
fn a_taken_port() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("port");
    let address = taken.local_addr().expect("address").to_string();
    let desk = Desk::new();
    let ran = desk.run(&configuration("", &format!("bind = \"{address}\"")));
    is_one_line(&ran, 3, &[&address, "in use"]);
    let ran = desk.call(&["endpoint", "--bind", &address]);
    is_one_line(&ran, 3, &[&address, "in use"]);
}

#[test]
fn an_address_that_is_not_of_this_machine() {
    let ran = Desk::new().run(&configuration("", "bind = \"192.0.2.1:8443\""));
    is_one_line(&ran, 3, &["192.0.2.1:8443"]);
}

#[test]
fn a_report_folder_that_cannot_be_written() {
    let desk = Desk::new();
    desk.put("taken", "a file");
    for (folder, word) in [("taken", "taken"), ("taken/latest", "taken/latest"), ("/proc/kantakoe", "/proc/kantakoe")] {
        let ran = desk.run(&configuration(&format!("report = \"{folder}\""), ""));
        is_one_line(&ran, 3, &["cannot write the report to ", word]);
        let ran = desk.call(&["run", "--config", CONFIGURATION, "--report", folder]);
        is_one_line(&ran, 3, &["cannot write the report to ", word]);
    }
    assert_eq!(std::fs::read(desk.path("taken")).expect("file"), b"a file");
}

#[test]
fn a_run_that_stops_leaves_no_verdict_of_another() {
    let desk = Desk::new();
    assert_eq!(desk.run(&configuration("report = \"reports/latest\"", "")).code, Some(3));
    let before = desk.report_files();
    assert!(before.iter().any(|path| path.ends_with("report.json")), "{before:?}");
    let taken = TcpListener::bind("127.0.0.1:0").expect("port");
    let bind = format!("bind = \"{}\"", taken.local_addr().expect("address"));
    assert_eq!(desk.run(&configuration("report = \"reports/latest\"", &bind)).code, Some(3));
    let after = desk.report_files();
    assert!(after.iter().all(|path| path.ends_with("journal")), "{after:?}");
}

#[test]
fn a_folder_of_identities_that_cannot_be_used() {
    let desk = Desk::new();
    desk.put("taken", "a file");
    std::fs::create_dir(desk.path("half")).expect("folder");
    desk.put("half/ca.pem", "no certificate");
    std::fs::create_dir(desk.path("folder")).expect("folder");
    std::fs::create_dir(desk.path("folder/client.key")).expect("folder");
    for (folder, word) in [("taken", "taken"), ("half", "half/"), ("folder", "folder/client.key")] {
        let ran = desk.run(&configuration("", &format!("identities = \"{folder}\"")));
        is_one_line(&ran, 3, &["the identities in ", word]);
    }
    assert!(!desk.has_report_folder());
}

#[test]
fn the_reference_system_says_what_it_lacks() {
    let desk = Desk::new();
    let urls = ["--archive", "http://127.0.0.1:9/archive", "--fhir", "http://127.0.0.1:9/fhir"];
    let call = |rest: &[&str]| desk.call(&[&["reference"], urls.as_slice(), rest].concat());
    is_one_line(&call(&["--identities", "absent"]), 3, &["absent"]);
    let ran = call(&["--identities", "absent", "--fault", "nope"]);
    assert!(ran.code == Some(2) && ran.told.contains("no fault is called \"nope\""), "{}", ran.told);
    let ran = desk.call(&["reference"]);
    assert!(ran.code == Some(2) && ran.told.contains("--identities"), "{}", ran.told);
}
