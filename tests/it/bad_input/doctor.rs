//! The way to the system and back is not set up: that is said before any scenario runs, it is no failure of
//! the system, and what is said names the address.

use std::net::TcpListener;
use std::sync::Arc;

use jiff::Timestamp;
use kantakoe::pki::TestAuthority;
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use serde_json::json;

use super::call;
use super::desk::{Desk, Ran};
use super::vendor::{self, Asked, STORING, Vendor, capabilities, ended};

fn is_not_set_up(ran: &Ran, code: &str, detail: &str) {
    assert_eq!((ran.code, ran.outcome()), (Some(3), "configuration"), "{}", ran.shown());
    let (found, told) = ran.reason();
    assert!(found == code && told.contains(detail), "{code} {detail}: {found} {told}");
    assert!(ran.said.contains(detail), "the terminal does not tell {detail}:\n{}", ran.said);
    assert_eq!(ran.report["scenarios"], json!([]));
}

#[test]
fn nobody_at_the_address() {
    let free = TcpListener::bind("127.0.0.1:0").expect("port").local_addr().expect("address");
    let ran = Desk::new().run(&vendor::configuration(&format!("http://{free}/base"), ""));
    is_not_set_up(&ran, "driver-unreachable", &format!("http://{free}/base: Connection refused"));
    assert_eq!(ran.findings(), []);
}

#[test]
fn a_name_that_leads_nowhere() {
    let ran = Desk::new().run(&vendor::configuration("http://driver.invalid:9000", ""));
    is_not_set_up(&ran, "driver-unreachable", "http://driver.invalid:9000: ");
}

#[test]
fn a_driver_whose_certificate_is_of_another_authority() {
    let authority = || TestAuthority::new(Timestamp::now()).expect("authority");
    let server = authority().server(&[]).expect("server");
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(
            vec![server.certificate_der().expect("certificate")],
            PrivateKeyDer::from_pem_slice(server.key.as_bytes()).expect("key"),
        )
        .expect("server");
    let listener = TcpListener::bind("127.0.0.1:0").expect("port");
    let address = listener.local_addr().expect("address");
    let config = Arc::new(config);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut connection = rustls::ServerConnection::new(Arc::clone(&config)).expect("connection");
            // The caller says no, which is what the test is about.
            let _ = connection.complete_io(&mut stream);
        }
    });
    let desk = Desk::new();
    desk.put("ca.pem", authority().certificate());
    let at = format!("https://localhost:{}", address.port());
    let ran = desk.run(&vendor::configuration(&at, "authorities = \"ca.pem\""));
    is_not_set_up(&ran, "driver-not-trusted", &at);
}

#[test]
fn a_driver_of_another_version() {
    let desk = Desk::new();
    let vendor = Vendor::new(&desk, |_| {
        let body = json!({ "driver-api": "2", "system": { "name": "a", "version": "1" }, "actions": [] });
        vendor::json_answer(axum::http::StatusCode::OK, &body)
    });
    let ran = desk.run(&vendor.configuration());
    is_not_set_up(&ran, "driver-version", &format!("http://{} speaks version 2", vendor.address));
    // A started system is not waited for either: it will not change its mind.
    let ran = desk.run(&vendor.started(""));
    is_not_set_up(&ran, "driver-version", "the harness speaks 1");
}

/// A run against a system that does `call` when it is asked for something, and says that it went well.
fn with_call(kanta: &str, call: fn(&Asked)) -> Ran {
    let desk = Desk::new();
    let started = vendor::once_started(&desk, &STORING);
    let vendor = Vendor::new(&desk, move |asked| {
        if asked.is_capabilities() {
            return started();
        }
        if asked.action() == "store-client-relationship" {
            call(asked);
        }
        ended(asked, "succeeded", "Tallennettu")
    });
    desk.run(&vendor.started(kanta))
}

#[test]
fn a_system_that_never_calls_kanta() {
    let ran = with_call("", |_| {});
    is_not_set_up(&ran, "nothing-arrived", "/archive; store-client-relationship: succeeded: Tallennettu");
    assert_eq!(ran.findings(), []);
}

#[test]
fn a_system_with_a_wrong_or_no_client_certificate() {
    type Call = fn(&Asked);
    let table: [(Call, &str); 4] = [
        (|asked| drop(call::with_tls(asked, None, true)), "the client showed no certificate"),
        (|asked| drop(call::with_tls(asked, Some(&stranger()), true)), "of an unknown authority"),
        (|asked| drop(call::with_tls(asked, None, false)), "does not trust the endpoint's certificate"),
        (|asked| drop(call::post(asked, b"<a/>")), "the client spoke no TLS"),
    ];
    for (call, detail) in table {
        let ran = with_call("", call);
        is_not_set_up(&ran, "handshake-refused", detail);
        assert_eq!(ran.findings(), [("handshake-refused", "configuration")]);
        assert!(ran.report["findings"][0]["actual"].as_str().is_some_and(|actual| actual.contains(detail)));
    }
}

fn stranger() -> kantakoe::pki::Identity {
    let subject = kantakoe::pki::CertificateSubject {
        common_name: "Stranger".to_owned(),
        organisation: "Näytealue".to_owned(),
        serial_number: None,
    };
    let authority = TestAuthority::new(Timestamp::now()).expect("authority");
    authority.client(&subject, kantakoe::pki::CertificateValidity::Current).expect("client")
}

#[test]
fn a_system_that_can_do_nothing_is_not_judged() {
    let desk = Desk::new();
    let vendor = Vendor::new(&desk, |asked| {
        if !asked.is_capabilities() {
            return ended(asked, "succeeded", "");
        }
        let why = json!([{ "action": "know-client", "reason": "comes with version 4.3" }]);
        let body = json!({
            "driver-api": "1", "system": { "name": "a", "version": "1" }, "actions": [], "unsupported": why,
        });
        vendor::json_answer(axum::http::StatusCode::OK, &body)
    });
    let all = vendor.configuration().replace("only = [\"storage-client-relationship\"]\n", "");
    let ran = desk.run(&all);
    assert_eq!((ran.code, ran.outcome()), (Some(1), "fail"), "{}", ran.shown());
    let scenarios = ran.report["scenarios"].as_array().expect("scenarios");
    assert!(scenarios.len() >= 20);
    for scenario in scenarios {
        assert_eq!(scenario["reason"]["code"], "capability-required");
        let detail = scenario["reason"]["detail"].as_str().expect("detail");
        let is_explained = detail == "know-client: comes with version 4.3";
        assert!(is_explained || detail.ends_with(": —"), "{detail}");
        assert_eq!(scenario["outcome"], if is_explained { "incomplete" } else { "fail" }, "{detail}");
    }
    assert!(ran.findings().iter().all(|finding| *finding == ("capability-unexplained", "vendor-system")));
    assert_eq!(desk.call(&["explain", "capability-missing"]).code, Some(2), "it is a reason, not a finding");
}

#[test]
fn a_system_that_cannot_narrow_a_search_says_so() {
    let desk = Desk::new();
    let vendor = Vendor::new(&desk, |asked| {
        if !asked.is_capabilities() {
            return ended(asked, "succeeded", "");
        }
        let why = json!([{ "feature": "narrowed-searches", "reason": "a list is filtered by hand" }]);
        let body = json!({
            "driver-api": "1", "system": { "name": "a", "version": "1" },
            "actions": ["know-client", "search-documents"], "features": ["attachments"], "unsupported": why,
        });
        vendor::json_answer(axum::http::StatusCode::OK, &body)
    });
    let ran = desk.run(&vendor.configuration().replace("storage-client-relationship", "search-by-matter"));
    assert_eq!((ran.code, ran.outcome()), (Some(4), "incomplete"), "{}", ran.shown());
    let reason = &ran.report["scenarios"][0]["reason"];
    assert_eq!(reason["detail"], "narrowed-searches: a list is filtered by hand", "{reason}");
}

#[test]
fn capabilities_alone_prove_nothing() {
    let desk = Desk::new();
    let vendor =
        Vendor::new(&desk, |asked| if asked.is_capabilities() { capabilities(&STORING) } else { vendor::status(500) });
    let ran = desk.run(&vendor.configuration());
    assert_eq!((ran.code, ran.outcome()), (Some(4), "inconclusive"), "{}", ran.shown());
}
