//! Reading whole messages and documents, with other programs' messages and other programs as judges.

use std::fs;

use kantakoe::wire::cda::read_document;
use kantakoe::wire::hl7::{Contents, PackageForm, read_message};
use kantakoe::wire::xml::ReadLimits;
use kantakoe::wire::xmldsig::{ReferenceOutcome, ReferenceTarget, ValueOutcome};
use kantakoe::words::said;

use crate::signatures::{fixture, xmlsec1_verifies};
use crate::support::{shared, tool};

#[test]
fn the_sample_messages_are_read_and_their_signatures_hold() {
    let Some(shared) = shared() else { return };
    for (name, kind) in [("client-relationship", "3"), ("client-document", "1")] {
        let read = |suffix: &str| fs::read(shared.join(format!("spec/samples/{name}.{suffix}.xml"))).expect("sample");
        let message = read_message(&read("frame"), &ReadLimits::default()).expect("message");
        let Contents::Document(document) = &message.frame.contents else { panic!("no document") };
        let package = document.package.as_ref().expect("text").value.as_ref().expect("package");
        assert_eq!((package.form, &package.document), (PackageForm::Mime, &read("document")));
        let read = read_document(&package.document, &ReadLimits::default()).expect("document");
        assert_eq!(read.id.as_ref().map(|id| &id.value), document.id.as_ref().map(|id| &id.value));
        let [signature] = read.signatures.as_slice() else { panic!("one signature") };
        assert_eq!(signature.kind.as_ref().map(|kind| kind.value.as_str()), Some(kind));
        assert!(signature.report.holds(), "{:?}", signature.report);
        let targets: Vec<_> = signature.report.references.iter().map(|reference| reference.target).collect();
        assert_eq!(targets, [ReferenceTarget::Body, ReferenceTarget::Timestamp]);
    }
}

#[test]
fn xmlsec1_verifies_the_sample_documents_too() {
    let (Some(shared), Some(_)) = (shared(), tool("xmlsec1")) else { return };
    for name in ["client-relationship", "client-document"] {
        assert!(xmlsec1_verifies(&shared.join(format!("spec/samples/{name}.document.xml"))), "{name}");
    }
}

/// What is wrong with `text` as a message and as a document.
fn refused(text: &[u8]) -> [String; 2] {
    let limits = ReadLimits::default();
    let message = read_message(text, &limits).map(|_| ()).expect_err("refused").to_string();
    let document = read_document(text, &limits).map(|_| ()).expect_err("refused").to_string();
    [message, document]
}

#[test]
fn attacks_are_answered_with_their_name() {
    let both = |reason: &str| [reason.to_owned(), reason.to_owned()];
    let limit = ReadLimits::default().bytes;
    assert_eq!(
        refused(&vec![b' '; limit + 1]),
        both(&format!("{} bytes are more than the {limit} allowed", limit + 1))
    );
    let deep = format!("{}{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
    assert_eq!(refused(deep.as_bytes()), both("elements are nested deeper than 128 levels"));
    assert_eq!(refused("<a>".repeat(limit / 3).as_bytes()), both("elements are nested deeper than 128 levels"));
    let laughs = "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>";
    assert_eq!(refused(laughs.as_bytes()), both("a document type declaration is not allowed"));
    let external = "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>";
    assert_eq!(refused(external.as_bytes()), both("a document type declaration is not allowed"));
    assert_eq!(refused(b"\xFF\xFE<\0\0\xD8"), both("the text cannot be decoded: the bytes are no UTF-16"));
    let wide: Vec<u8> = "<a/>".chars().flat_map(|letter| u32::from(letter).to_be_bytes()).collect();
    assert_eq!(refused(&wide), both("the text cannot be decoded: the bytes are UTF-32"));
    let attributes: String = (0..100_000).map(|index| format!(" a{index}=''")).collect();
    assert_eq!(refused(format!("<a{attributes}/>").as_bytes()), both("more than 256 attributes of one element"));
    let namespaces = "<b xmlns:c='u'/>".repeat(2_000);
    assert_eq!(refused(format!("<a>{namespaces}</a>").as_bytes()), both("more than 1024 namespace declarations"));
}

#[test]
fn a_flood_of_references_is_refused_and_never_holds() {
    let text = fixture("professional");
    let (start, end) = ("<ds:Reference URI=\"#OID", "</ds:Reference>");
    let from = text.find(start).expect("reference");
    let reference = &text[from..from + text[from..].find(end).expect("end") + end.len()];
    let flooded = text.replace(reference, &reference.repeat(5_000));
    let document = read_document(flooded.as_bytes(), &ReadLimits::default()).expect("document");
    let report = &document.signatures[0].report;
    assert_eq!(report.value, ValueOutcome::Unverified(said::references(5001_u32).into()));
    assert!(report.references.is_empty() && !report.holds());
}

#[test]
fn a_body_of_eight_megabytes_is_read() {
    let text = fixture("professional").replace("<hl7fi:json>", &format!("<hl7fi:json>{}", "QUJD".repeat(2_000_000)));
    let document = read_document(text.as_bytes(), &ReadLimits::default()).expect("document");
    let outcomes: Vec<_> =
        document.signatures[0].report.references.iter().map(|reference| &reference.outcome).collect();
    assert_eq!(outcomes, [&ReferenceOutcome::Differs, &ReferenceOutcome::Holds]);
}
