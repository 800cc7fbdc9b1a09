//! `kantakoe pki` and `kantakoe persons`, as their users meet them; openssl is the judge of certificates.

use std::path::Path;
use std::process::{Command, Output};

use crate::support::tool;

fn kantakoe(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kantakoe")).args(arguments).output().expect("program")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A folder of identities, made by the program.
pub fn made(folder: &Path) {
    let output = kantakoe(&["pki", "new", &folder.display().to_string(), "--name", "kanta.example"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn openssl_finds_each_identity_as_it_is_called() {
    if tool("openssl").is_none() {
        return;
    }
    let home = tempfile::tempdir().expect("folder");
    let folder = home.path().join("identities");
    made(&folder);
    let verdicts = [
        ("client", "OK"),
        ("server", "OK"),
        ("system", "OK"),
        ("professional", "OK"),
        ("wrong/expired-client", "certificate has expired"),
        ("wrong/expired-server", "certificate has expired"),
        ("wrong/not-yet-valid-system", "certificate is not yet valid"),
        ("wrong/not-yet-valid-server", "certificate is not yet valid"),
        ("wrong/revoked-client", "certificate revoked"),
        ("wrong/revoked-professional", "certificate revoked"),
        ("wrong/foreign-client", "unable to get local issuer certificate"),
        ("wrong/foreign-server", "unable to get local issuer certificate"),
    ];
    for (name, verdict) in verdicts {
        let mut verify = Command::new("openssl");
        verify.current_dir(&folder).args(["verify", "-CAfile", "ca.pem", "-CRLfile", "crl.pem", "-crl_check"]);
        let output = verify.arg(format!("{name}.pem")).output().expect("openssl");
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(said.contains(verdict), "{name}: {said}");
    }
    let mut names = Command::new("openssl");
    names.current_dir(&folder).args(["x509", "-in", "server.pem", "-noout", "-checkhost", "kanta.example"]);
    assert!(text(&names.output().expect("openssl").stdout).contains("does match"));
    names = Command::new("openssl");
    names.current_dir(&folder).args([
        "x509",
        "-in",
        "wrong/wrong-name-server.pem",
        "-noout",
        "-checkhost",
        "localhost",
    ]);
    assert!(text(&names.output().expect("openssl").stdout).contains("does NOT match"));
}

#[cfg(unix)]
#[test]
fn keys_are_private_and_never_overwritten() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().expect("folder");
    let folder = home.path().join("identities");
    made(&folder);
    for key in ["ca.key", "client.key", "system.key", "wrong/revoked-system.key"] {
        let mode = std::fs::metadata(folder.join(key)).expect(key).permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{key}");
    }
    let before = std::fs::read(folder.join("ca.key")).expect("key");
    let again = kantakoe(&["pki", "new", &folder.display().to_string()]);
    assert_eq!(again.status.code(), Some(2), "{}", text(&again.stderr));
    assert_eq!(std::fs::read(folder.join("ca.key")).expect("key"), before);
    assert!(!text(&before).contains("RSA") && before != std::fs::read(folder.join("client.key")).expect("key"));
}

/// A request of openssl for a key of this kind.
fn request(folder: &Path, kind: &[&str], subject: &str) -> String {
    let mut openssl = Command::new("openssl");
    openssl.current_dir(folder).args(["req", "-new", "-nodes", "-keyout", "vendor.key", "-out", "vendor.csr"]);
    let output = openssl.arg("-newkey").args(kind).args(["-subj", subject]).output().expect("openssl");
    assert!(output.status.success(), "{}", text(&output.stderr));
    folder.join("vendor.csr").display().to_string()
}

const RSA: &[&str] = &["rsa:2048"];
const CURVE: &[&str] = &["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
const ORGANISATION: &str = "/C=FI/O=Vendor/serialNumber=1.2.246.10.99999991.10.0/CN=System";

#[test]
fn a_vendors_request_is_signed_in_its_role_only() {
    if tool("openssl").is_none() {
        return;
    }
    let home = tempfile::tempdir().expect("folder");
    let (folder, ca) = (home.path().join("identities"), home.path().join("identities").display().to_string());
    made(&folder);
    let sign = |request: &str, rest: &[&str]| kantakoe(&[&["pki", "sign", request, "--ca", &ca], rest].concat());
    let signed = sign(&request(home.path(), RSA, ORGANISATION), &["--as", "system"]);
    assert!(signed.status.success(), "{}", text(&signed.stderr));
    std::fs::write(home.path().join("vendor.pem"), &signed.stdout).expect("write");
    let mut openssl = Command::new("openssl");
    openssl.current_dir(home.path()).args(["verify", "-CAfile"]).arg(folder.join("ca.pem")).arg("vendor.pem");
    assert!(text(&openssl.output().expect("openssl").stdout).contains("OK"));
    let der = rustls_pki(&signed.stdout);
    assert_eq!(kantakoe::wire::trust::subject_serial_number(&der).as_deref(), Some("1.2.246.10.99999991.10.0"));
    let other =
        sign(&request(home.path(), CURVE, "/CN=TLS"), &["--as", "client", "--serial", "1.2.246.10.99999991.10.0"]);
    assert!(other.status.success(), "{}", text(&other.stderr));
    let small: &[&str] = &["rsa:1024"];
    let refusals: [(&[&str], &str, &[&str], &str); 5] = [
        (CURVE, ORGANISATION, &["--as", "system"], "RSA key of 2048 bits"),
        (RSA, ORGANISATION, &["--as", "professional"], "no registration number of 11 digits"),
        (RSA, "/CN=System", &["--as", "client"], "no serialNumber"),
        (RSA, "/O=Vendor", &["--as", "client", "--serial", "1.2.3"], "no usable common name"),
        (small, ORGANISATION, &["--as", "system"], "error: "),
    ];
    for (kind, subject, rest, reason) in refusals {
        let refused = sign(&request(home.path(), kind, subject), rest);
        assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0), "{subject}");
        assert!(text(&refused.stderr).contains(reason), "{}", text(&refused.stderr));
    }
}

fn rustls_pki(pem: &[u8]) -> Vec<u8> {
    use rustls::pki_types::pem::PemObject;
    rustls::pki_types::CertificateDer::from_pem_slice(pem).expect("certificate").to_vec()
}

#[test]
fn a_request_that_was_tampered_with_is_refused() {
    if tool("openssl").is_none() {
        return;
    }
    let home = tempfile::tempdir().expect("folder");
    let folder = home.path().join("identities");
    made(&folder);
    let path = request(home.path(), RSA, ORGANISATION);
    let whole = std::fs::read_to_string(&path).expect("request");
    let line = whole.lines().nth(2).expect("a line of Base64");
    let tampered = whole.replace(line, &line.chars().rev().collect::<String>());
    for broken in [tampered, String::new(), whole[..whole.len() / 2].to_owned(), "x".repeat(70_000)] {
        std::fs::write(&path, broken).expect("write");
        let refused = kantakoe(&["pki", "sign", &path, "--ca", &folder.display().to_string(), "--as", "system"]);
        assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0), "{}", text(&refused.stderr));
    }
}

#[test]
fn persons_are_the_same_for_the_same_seed_in_every_form() {
    let print = |rest: &[&str]| {
        let output = kantakoe(&[&["persons", "--number", "40", "--families"], rest].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let rows: serde_json::Value = serde_json::from_str(&print(&["--json", "--seed", "7"])).expect("JSON");
    let rows = rows.as_array().expect("array");
    assert_eq!(rows.len(), 40);
    let csv = print(&["--csv", "--seed", "7"]);
    assert_eq!(csv, print(&["--csv", "--seed", "7"]));
    assert_ne!(csv, print(&["--csv", "--seed", "8"]));
    let headings: Vec<&str> = csv.lines().next().expect("headings").split(',').collect();
    for (row, line) in rows.iter().zip(csv.lines().skip(1)) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), headings.len(), "{line}");
        assert_eq!(row["identity-code"].as_str().unwrap_or_default(), cells[0]);
        assert_eq!(row["identity-code"].is_null(), !row["temporary-identifier"].is_null());
        assert_eq!(row["protected"].to_string(), cells[7]);
    }
    assert_eq!(print(&["--seed", "7"]).lines().count(), 40);
    assert_eq!(kantakoe(&["persons", "--number", "0"]).status.code(), Some(2));
}
