//! Reading whole messages and documents, with other programs' messages and other programs as judges.

use std::fs;

use kantakoe::wire::cda::{SignatureKind, read_document};
use kantakoe::wire::hl7::{Contents, PackageForm, read_message};
use kantakoe::wire::xml::ReadLimits;
use kantakoe::wire::xmldsig::Target;

use crate::support::{shared, tool};

#[test]
fn the_sample_messages_are_read_and_their_signatures_hold() {
    let Some(shared) = shared() else { return };
    for (name, kind) in
        [("client-relationship", SignatureKind::System), ("client-document", SignatureKind::Professional)]
    {
        let read = |suffix: &str| fs::read(shared.join(format!("spec/samples/{name}.{suffix}.xml"))).expect("sample");
        let message = read_message(&read("frame"), &ReadLimits::default()).expect("message");
        let Contents::Document(document) = &message.frame.contents else { panic!("no document") };
        let package = document.package.as_ref().expect("text").value.as_ref().expect("package");
        assert_eq!((package.form, &package.document), (PackageForm::Mime, &read("document")));
        let read = read_document(&package.document, &ReadLimits::default()).expect("document");
        assert_eq!(read.id.as_ref().map(|id| &id.value), document.id.as_ref().map(|id| &id.value));
        let [signature] = read.signatures.as_slice() else { panic!("one signature") };
        assert_eq!(signature.kind.as_ref().map(|kind| &kind.value), Some(&kind));
        assert!(signature.report.holds(), "{:?}", signature.report);
        let targets: Vec<_> = signature.report.references.iter().map(|reference| reference.target).collect();
        assert_eq!(targets, [Target::Body, Target::Timestamp]);
    }
}

#[test]
fn xmlsec1_verifies_the_sample_documents_too() {
    let (Some(shared), Some(mut xmlsec1)) = (shared(), tool("xmlsec1")) else { return };
    xmlsec1.args(["--verify", "--insecure", "--id-attr:ID", "urn:hl7-org:v3:nonXMLBody"]);
    xmlsec1.args(["--id-attr:ID", "urn:hl7finland:signatureTimestamp"]);
    let output = xmlsec1.arg(shared.join("spec/samples/client-document.document.xml")).output().expect("run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
