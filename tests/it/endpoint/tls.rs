//! TLS as other people's software speaks it: openssl s_client.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use kantakoe::evidence::{Entry, Exchange, read_journal};
use kantakoe::kanta::{Kanta, RunningKanta};
use kantakoe::pki::Identities;
use rcgen::DnType;
use tokio::io::AsyncWriteExt;

use super::alone::settings;
use super::messages::Draft;
use super::world::caller;
use crate::pki::made;
use crate::support::{long_serial, tool};

/// An endpoint with the identities of `kantakoe pki new`.
struct Endpoint {
    kanta: RunningKanta,
    folder: tempfile::TempDir,
}

impl Endpoint {
    async fn start() -> Self {
        let folder = tempfile::tempdir().expect("folder");
        made(&folder.path().join("identities"));
        let kanta = Kanta::start_alone(settings(folder.path(), "localhost", true)).await.expect("start").0;
        Self { kanta, folder }
    }

    fn identities(&self) -> PathBuf {
        self.folder.path().join("identities")
    }

    /// What s_client says that asks for the description of the service with these options.
    async fn asked(&self, options: &[&str]) -> String {
        let (address, folder) = (self.kanta.address().to_string(), self.identities());
        let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
        let asking = move || s_client(&folder, &address, &options);
        tokio::task::spawn_blocking(asking).await.expect("openssl")
    }

    /// The exchange with this number, when it is written.
    async fn exchange(&self, number: u64) -> Exchange {
        self.kanta.written().wait_for(|last| *last >= number).await.expect("running");
        let entries = read_journal(&self.folder.path().join("journal")).expect("journal");
        let exchange = |entry| match entry {
            Entry::Exchange(exchange) if exchange.number == number => Some(*exchange),
            _ => None,
        };
        entries.into_iter().find_map(exchange).expect("exchange")
    }
}

fn s_client(folder: &Path, address: &str, options: &[String]) -> String {
    let mut openssl = Command::new("openssl");
    openssl.current_dir(folder).args(["s_client", "-ign_eof", "-CAfile", "ca.pem", "-connect", address]).args(options);
    let pipes = openssl.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().expect("openssl");
    let mut input = child.stdin.take().expect("pipe");
    // Where the handshake was refused nobody reads this.
    let _ = input.write_all(b"GET /archive?wsdl HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    drop(input);
    let output = child.wait_with_output().expect("openssl");
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

const CLIENT: [&str; 4] = ["-cert", "client.pem", "-key", "client.key"];

#[tokio::test]
async fn versions_from_1_2_on_are_spoken() {
    if tool("openssl").is_none() {
        return;
    }
    let endpoint = Endpoint::start().await;
    for (number, (version, name)) in (1..).zip([("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")]) {
        let said = endpoint.asked(&[&CLIENT[..], &[version]].concat()).await;
        assert!(said.contains(name) && said.contains("200 OK") && said.contains("wsdl:definitions"), "{said}");
        let exchange = endpoint.exchange(number).await;
        assert_eq!((exchange.service.id(), exchange.accepted), ("description", true));
        assert_eq!(exchange.caller.serial_number.as_deref(), Some("1.2.246.10.99999991.10.0"));
    }
    let said = endpoint.asked(&[&CLIENT[..], &["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"]].concat()).await;
    assert!(!said.contains("200 OK") && said.contains("alert"), "{said}");
    let refused = endpoint.exchange(3).await;
    assert_eq!(refused.service.id(), "handshake");
    assert!(
        refused.refused_for[0].as_str().starts_with("no TLS version or method in common"),
        "{:?}",
        refused.refused_for
    );
}

#[tokio::test]
async fn each_wrong_client_is_refused_for_its_own_reason() {
    if tool("openssl").is_none() {
        return;
    }
    let endpoint = Endpoint::start().await;
    let cases = [
        ("", "the client showed no certificate"),
        ("expired", "the client certificate has expired"),
        ("not-yet-valid", "the client certificate is not yet valid"),
        ("revoked", "the client certificate has been revoked"),
        ("foreign", "the client certificate is of an unknown authority"),
    ];
    let versions = ["-tls1_2", "-tls1_3"];
    let all = cases.iter().flat_map(|case| versions.map(|version| (case, version)));
    for (number, ((wrong, reason), version)) in (1..).zip(all) {
        let (certificate, key) = (format!("wrong/{wrong}-client.pem"), format!("wrong/{wrong}-client.key"));
        let shown: &[&str] = if wrong.is_empty() { &[] } else { &["-cert", &certificate, "-key", &key] };
        let said = endpoint.asked(&[shown, &[version]].concat()).await;
        assert!(!said.contains("200 OK"), "{wrong} {version}: {said}");
        let exchange = endpoint.exchange(number).await;
        assert_eq!((exchange.service.id(), exchange.accepted), ("handshake", false));
        assert_eq!(exchange.refused_for, [*reason], "{version}");
    }
}

#[tokio::test]
async fn long_serial_numbers_of_certificates_are_accepted() {
    let endpoint = Endpoint::start().await;
    let read = |name: &str| std::fs::read_to_string(endpoint.identities().join(name)).expect(name);
    let (certificate, key) = (read("ca.pem"), read("ca.key"));
    let long = long_serial((&certificate, &key), &read("client.key"), &[(DnType::CommonName, "Pitkänumeroinen")]);
    let client = caller(&certificate, Some(&long)).expect("client");
    let url = format!("{}/metadata", endpoint.kanta.fhir_url());
    assert_eq!(client.get(url).send().await.expect("answer").status(), 200);
    assert_eq!(endpoint.exchange(1).await.service.id(), "fhir");
}

#[tokio::test]
async fn a_handshake_that_hangs_blocks_no_other() {
    if tool("openssl").is_none() {
        return;
    }
    let endpoint = Endpoint::start().await;
    let mut hanging = Vec::new();
    for _ in 0..20 {
        let mut stream = tokio::net::TcpStream::connect(endpoint.kanta.address()).await.expect("connect");
        stream.write_all(&[0x16, 0x03, 0x01]).await.expect("write");
        hanging.push(stream);
    }
    let said = endpoint.asked(&CLIENT).await;
    assert!(said.contains("200 OK"), "{said}");
}

#[tokio::test]
async fn wrong_signers_are_told_apart() {
    let endpoint = Endpoint::start().await;
    let good = Identities::read_folder(&endpoint.identities()).expect("identities");
    let client = caller(&good.authority, Some(&good.client)).expect("client");
    let reasons = [
        ("expired", "a certificate that has expired"),
        ("not-yet-valid", "a certificate that is not yet valid"),
        ("revoked", "a certificate that its authority has revoked"),
        ("foreign", "a certificate that no trusted authority issued"),
    ];
    for (number, (wrong, reason)) in (1..).zip(reasons) {
        let read = |ending| {
            std::fs::read_to_string(endpoint.identities().join(format!("wrong/{wrong}-professional.{ending}")))
        };
        let mut identities = good.clone();
        identities.professional.certificate = read("pem").expect("certificate");
        identities.professional.key = read("key").expect("key");
        let message = Draft::of("client-document").numbered(number).finish(&identities);
        let post = client.post(endpoint.kanta.archive_url()).header("content-type", "text/xml").body(message);
        let answer = post.send().await.expect("answer").text().await.expect("text");
        assert!(answer.contains("[signer-not-trusted]") && answer.contains(reason), "{wrong}: {answer}");
    }
}

#[tokio::test]
async fn identities_that_somebody_made_are_not_replaced() {
    let folder = tempfile::tempdir().expect("folder");
    made(&folder.path().join("identities"));
    let before = std::fs::read(folder.path().join("identities/server.pem")).expect("certificate");
    let other = Kanta::start_alone(settings(folder.path(), "another.example", true)).await;
    let error = other.map(|_| ()).expect_err("another name").to_string();
    assert!(error.contains("another.example"), "{error}");
    assert_eq!(std::fs::read(folder.path().join("identities/server.pem")).expect("certificate"), before);
    let (kanta, _) = Kanta::start_alone(settings(folder.path(), "kanta.example", true)).await.expect("its own name");
    kanta.stop().await;
}
