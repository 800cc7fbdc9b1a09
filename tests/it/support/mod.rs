//! What several integration tests need.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use kantakoe::pki::Identity;
use kantakoe::profile::Profile;
use rcgen::{
    CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, Issuer, KeyPair, KeyUsagePurpose,
    SerialNumber,
};

/// The profile that ships with the harness.
pub static PROFILE: LazyLock<Profile> =
    LazyLock::new(|| Profile::read(&Profile::built_in()).unwrap_or_else(|mistakes| panic!("{mistakes}")));

/// The folder of reference material beside the working tree, where it is there. Without it the test is
/// skipped with a printed line; where the variable `CI` is `true` that is a failure instead.
pub fn shared() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    folder.is_dir().then_some(folder).or_else(|| skip("the folder ../shared is absent"))
}

/// Text of a fixture, by its path under `tests/fixtures`.
pub fn fixture(path: &str) -> String {
    let path = format!("{}/tests/fixtures/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).expect(&path)
}

/// A program of the system, where it is installed; else as [`shared`].
pub fn tool(name: &str) -> Option<Command> {
    let probe = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    probe.is_ok().then(|| Command::new(name)).or_else(|| skip(&format!("{name} is not installed")))
}

/// A script of tests/judges with the Python that has its libraries: the one that `KANTAKOE_PYTHON` names, or
/// the one that `.ci/run` sets up in target/python; else as [`shared`].
pub fn judge(script: &str) -> Option<Command> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = std::env::var_os("KANTAKOE_PYTHON").map(PathBuf::from);
    let python = python.unwrap_or_else(|| root.join("target/python/bin/python"));
    let mut probe = Command::new(&python);
    probe
        .args(["-c", "import fhir.resources.R4B, jwcrypto, rfc8785, zeep"])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if !probe.status().is_ok_and(|status| status.success()) {
        return skip(&format!("{} lacks the libraries of tests/judges/requirements.txt", python.display()));
    }
    let mut judge = Command::new(python);
    judge.arg(root.join("tests/judges").join(script));
    Some(judge)
}

/// An identity by the authority `ca` (certificate and key, PEM) for this RSA or EC key, PEM, whose certificate has
/// the longest serial number that RFC 5280 (4.1.2.2) allows, twenty octets.
pub fn long_serial(ca: (&str, &str), key: &str, name: &[(DnType, &str)]) -> Identity {
    let issuer = Issuer::from_ca_cert_pem(ca.0, KeyPair::from_pem(ca.1).expect("key")).expect("authority");
    let key = KeyPair::from_pem(key).expect("key");
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    for (kind, value) in name {
        params.distinguished_name.push(kind.clone(), *value);
    }
    params.serial_number = Some(SerialNumber::from(vec![0x7F; 20]));
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let certificate = params.signed_by(&key, &issuer).expect("certificate").pem();
    Identity { certificate, key: key.serialize_pem() }
}

/// Says so past the capture of the test runner, which shows what a passing test prints to nobody.
fn skip<T>(reason: &str) -> Option<T> {
    assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "{reason}");
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    // A line that cannot be written changes no result.
    let _ = writeln!(std::io::stderr(), "skipped: {test}: {reason}");
    None
}
