//! Signatures of changed documents, judged one by one and beside xmlsec1.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kantakoe::wire::cda::{ClinicalDocument, read_document};
use kantakoe::wire::trust::{TrustAnchors, TrustOutcome, subject_serial_number};
use kantakoe::wire::xml::{ReadError, ReadLimits};
use kantakoe::wire::xmldsig::{Method, Reference, ReferenceOutcome, ReferenceTarget, ValueOutcome};

use crate::support::tool;

/// One row of tests/fixtures/signed/mutants.toml.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Mutant {
    name: String,
    document: String,
    find: String,
    until: Option<String>,
    replace: String,
    error: Option<String>,
    references: Option<Vec<String>>,
    value: Option<String>,
    xmlsec1: bool,
    because: Option<String>,
}

impl Mutant {
    fn text(&self) -> String {
        let text = fixture(&self.document);
        let (before, rest) = text.split_once(&self.find).expect(&self.name);
        let after = self.until.as_ref().map_or(rest, |until| rest.split_once(until).expect(&self.name).1);
        [before, &self.replace, after].concat()
    }

    fn read(&self) -> Result<ClinicalDocument, ReadError> {
        read_document(self.text().as_bytes(), &ReadLimits::default())
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/signed")
}

pub fn fixture(name: &str) -> String {
    fs::read_to_string(folder().join(format!("{name}.xml"))).expect("fixture")
}

fn mutants() -> Vec<Mutant> {
    #[derive(serde::Deserialize)]
    struct Table {
        mutant: Vec<Mutant>,
    }
    let text = fs::read_to_string(folder().join("mutants.toml")).expect("table");
    toml::from_str::<Table>(&text).expect("table").mutant
}

/// A reference as the table writes it.
fn told(reference: &Reference) -> String {
    let target = match reference.target {
        ReferenceTarget::Body => "body",
        ReferenceTarget::Timestamp => "timestamp",
        ReferenceTarget::Elsewhere => "elsewhere",
        ReferenceTarget::Unresolved => "unresolved",
        ReferenceTarget::Document => "document",
        ReferenceTarget::Signature => "signature",
    };
    let outcome = match &reference.outcome {
        ReferenceOutcome::Holds => "holds".to_owned(),
        ReferenceOutcome::Differs => "differs".to_owned(),
        ReferenceOutcome::TargetMissing => "missing".to_owned(),
        ReferenceOutcome::TargetAmbiguous(count) => format!("ambiguous {count}"),
        ReferenceOutcome::Unverified(unverified) => format!("unverified: {}", unverified.reason),
    };
    let namesakes =
        if reference.namesakes > 0 { format!(", {} namesakes", reference.namesakes) } else { String::new() };
    format!("{target} {outcome}{namesakes}")
}

fn told_value(value: &ValueOutcome) -> String {
    match value {
        ValueOutcome::Holds => "holds".into(),
        ValueOutcome::Differs => "differs".into(),
        ValueOutcome::Unverified(unverified) => format!("unverified: {}", unverified.reason),
    }
}

#[test]
fn every_change_is_judged_reference_by_reference() {
    for mutant in mutants() {
        let read = mutant.read();
        if let Some(expected) = &mutant.error {
            assert_eq!(read.expect_err(&mutant.name).to_string(), *expected, "{}", mutant.name);
            continue;
        }
        let document = read.expect(&mutant.name);
        let [signature] = document.signatures.as_slice() else { panic!("{}", mutant.name) };
        let references: Vec<_> = signature.report.references.iter().map(told).collect();
        assert_eq!(Some(references), mutant.references, "{}", mutant.name);
        assert_eq!(Some(told_value(&signature.report.value)), mutant.value, "{}", mutant.name);
    }
}

#[test]
fn xmlsec1_agrees_but_for_written_reasons() {
    for mutant in mutants() {
        let holds = mutant.read().is_ok_and(|document| document.signatures.iter().all(|signed| signed.report.holds()));
        assert_eq!(holds == mutant.xmlsec1, mutant.because.is_none(), "{}", mutant.name);
    }
}

#[test]
fn xmlsec1_says_what_the_table_says_of_it() {
    if tool("xmlsec1").is_none() {
        return;
    }
    let folder = tempfile::tempdir().expect("folder");
    for mutant in mutants() {
        let file = folder.path().join("mutant.xml");
        fs::write(&file, mutant.text()).expect("write");
        assert_eq!(xmlsec1_verifies(&file), mutant.xmlsec1, "{}", mutant.name);
    }
}

pub fn xmlsec1_verifies(file: &Path) -> bool {
    let ids = ["urn:hl7-org:v3:nonXMLBody", "urn:hl7finland:signatureTimestamp"];
    let mut xmlsec1 = Command::new("xmlsec1");
    xmlsec1.args(["--verify", "--insecure"]).args(ids.iter().flat_map(|id| ["--id-attr:ID", id]));
    xmlsec1.arg(file).output().expect("run xmlsec1").status.success()
}

#[test]
fn the_signer_is_trusted_by_the_chain_that_came_with_it() {
    let document = read_document(fixture("ecdsa-p384-chain").as_bytes(), &ReadLimits::default()).expect("document");
    let report = &document.signatures[0].report;
    let root = fs::read(folder().join("chain-root.pem")).expect("root");
    let (trust, at) = (TrustAnchors::from_pem(&root).expect("authority"), jiff::Timestamp::constant(1_900_000_000, 0));
    let signer = report.certificate.as_deref().expect("certificate");
    assert_eq!(subject_serial_number(signer).as_deref(), Some("99900000011"));
    assert_eq!(report.method.map(Method::name), Some("ecdsa-sha384"));
    assert_eq!(trust.judge_chain(signer, &report.others, at), TrustOutcome::Trusted);
    assert_eq!(trust.judge(signer, at), TrustOutcome::UnknownIssuer);
}

#[test]
fn another_certificate_leaves_the_digests_and_breaks_the_value() {
    let certificate = |text: &str| {
        let (_, rest) = text.split_once("X509Certificate>").expect("opening");
        rest.split_once("</").expect("closing").0.to_owned()
    };
    let (text, other) = (fixture("professional"), fixture("system"));
    let swapped = text.replace(&certificate(&text), &certificate(&other));
    let document = read_document(swapped.as_bytes(), &ReadLimits::default()).expect("document");
    let report = &document.signatures[0].report;
    assert_eq!(report.references.iter().map(told).collect::<Vec<_>>(), ["body holds", "timestamp holds"]);
    assert_eq!(report.value, ValueOutcome::Differs);
}
