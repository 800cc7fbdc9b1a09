//! Canonical form and signing, with libxml2 and xmlsec1 as judges of random documents.

use std::fs;

use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kantakoe::pki::TestKey;
use kantakoe::wire::cda::read_document;
use kantakoe::wire::xml::{ReadLimits, c14n, line_feeds};
use kantakoe::wire::xmldsig::{SignError, sign};
use kantakoe::words::said;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use ring::signature::RsaKeyPair;

use crate::signatures::{fixture, xmlsec1_verifies};
use crate::support::tool;

const URIS: [&str; 4] = ["urn:hl7-org:v3", "urn:hl7finland", "urn:a", "http://b.example/?x=1"];

/// Declarations that every generated element may use.
const SCOPE: &str = "xmlns:p='urn:a' xmlns:q='urn:a' xmlns:r='http://b.example/?x=1' xmlns:s='urn:s'";

/// A declaration: the index of a prefix, and that of a URI or none for `xmlns=""`.
type Declaration = (usize, Option<usize>);

fn prefix(index: usize) -> &'static str {
    ["", "p", "q", "r", "s"][index % 5]
}

fn declarations(chosen: &[Declaration]) -> String {
    let mut seen = Vec::new();
    let mut written = String::new();
    for (index, uri) in chosen {
        let prefix = prefix(*index);
        if seen.contains(&prefix) {
            continue;
        }
        seen.push(prefix);
        match (prefix, uri) {
            ("", None) => written.push_str(" xmlns=''"),
            ("", Some(uri)) => written.push_str(&format!(" xmlns = \"{}\"", URIS[*uri])),
            (_, uri) => written.push_str(&format!("\n xmlns:{prefix}='{}'", URIS[uri.unwrap_or(0)])),
        }
    }
    written
}

fn attributes() -> impl Strategy<Value = String> {
    let value =
        prop::sample::select(vec!["", "a", "x y", "&lt;&gt;>&amp;", "&quot;'", "&#13;&#10;&#9;", "ä\n\t\rö", "]]"]);
    let prefix = prop::sample::select(vec!["", "p:", "q:", "r:", "s:", "xml:"]);
    prop::collection::vec((prefix, value), 0..5).prop_map(|chosen| {
        let numbered = chosen.into_iter().enumerate();
        numbered.map(|(index, (prefix, value))| format!(" {prefix}n{}=\"{value}\"", (index * 7) % 5)).collect()
    })
}

fn content() -> impl Strategy<Value = String> {
    let pieces = [
        "text",
        " \r\n ",
        "ä€\u{10348}",
        "&amp;&lt;&gt;",
        ">",
        "'\"",
        "&#13;",
        "&#x9;&#xA;",
        "\r",
        "\t",
        "<![CDATA[<a>&\r\n]] ]]>",
        "<![CDATA[]]>",
        "<!-- comment -->",
        "<?pi?>",
        "<?pi  a=\"b\" \r\n c?>",
        "&#x1F600;",
    ];
    prop::sample::select(pieces.to_vec()).prop_map(str::to_owned)
}

/// Random elements over five prefixes and four namespaces, redeclared at random.
fn element() -> impl Strategy<Value = String> {
    content().prop_recursive(6, 40, 5, |inner| {
        let declared = prop::collection::vec((0..5_usize, prop::option::of(0..4_usize)), 0..4);
        (0..5_usize, declared, attributes(), prop::collection::vec(inner, 0..5)).prop_map(
            |(name, declared, attributes, children)| {
                let (colon, declared) = (if prefix(name).is_empty() { "" } else { ":" }, declarations(&declared));
                let name = format!("{}{colon}e", prefix(name));
                match children.concat() {
                    empty if empty.is_empty() => format!("<{name}{declared}{attributes} />"),
                    content => format!("<{name}{attributes}{declared}>{content}</{name}\n>"),
                }
            },
        )
    })
}

/// Runs `check` on as many random texts as a bounded test allows.
fn on_random_content(check: impl Fn(&str) -> Result<(), TestCaseError>) {
    let config = Config { cases: 50, failure_persistence: None, ..Config::default() };
    let content = prop::collection::vec(element(), 0..6).prop_map(|elements| elements.concat());
    TestRunner::new(config).run(&content, |content| check(&content)).expect("every case");
}

#[test]
fn libxml2_writes_the_same_canonical_form() {
    if tool("xmllint").is_none() {
        return;
    }
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("content.xml");
    on_random_content(|content| {
        let text = format!("<root {SCOPE}>{content}</root>");
        fs::write(&file, &text).expect("write");
        let output = Command::new("xmllint").arg("--exc-c14n").arg(&file).output().expect("run xmllint");
        prop_assert!(output.status.success(), "{text}");
        let theirs = String::from_utf8(output.stdout).expect("UTF-8");
        let read = line_feeds(&text);
        let document = roxmltree::Document::parse(&read).expect("well-formed");
        let ours = c14n::canonical(document.root_element(), &[]).expect("canonical");
        // This use of xmllint keeps comments; there is but one comment in the random content.
        prop_assert_eq!(ours, theirs.replace("<!-- comment -->", ""), "{}", text);
        Ok(())
    });
}

#[test]
fn a_comment_more_is_no_change() {
    on_random_content(|content| {
        let canonical = |text: &str| {
            let read = line_feeds(text);
            let document = roxmltree::Document::parse(&read).expect("well-formed");
            c14n::canonical(document.root_element(), &["p", "#default"]).expect("canonical")
        };
        let plain = format!("<root {SCOPE}>{content}</root>");
        let commented = format!("<root {SCOPE}><!-- more -->{}</root>", content.replace("text", "te<!-- more -->xt"));
        prop_assert_eq!(canonical(&plain), canonical(&commented));
        Ok(())
    });
}

#[test]
fn what_is_signed_here_is_genuine_to_xmlsec1_and_to_us() {
    if tool("xmlsec1").is_none() {
        return;
    }
    let (key, template) = (key(), emptied(&fixture("professional")));
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("signed.xml");
    on_random_content(|content| {
        let scope = template.replace("xmlns:unused=\"urn:unused\"", SCOPE);
        let text = sign(&scope.replace("<hl7fi:json>", &format!("{content}<hl7fi:json>")), &key).expect("signed");
        fs::write(&file, &text).expect("write");
        prop_assert!(xmlsec1_verifies(&file), "{text}");
        let document = read_document(text.as_bytes(), &ReadLimits::default()).expect("document");
        prop_assert!(document.signatures[0].report.holds(), "{text}");
        Ok(())
    });
}

#[test]
fn signing_gives_the_value_that_xmlsec1_gave() {
    let original = fixture("professional");
    let signed = sign(&emptied(&original), &key()).expect("signed");
    assert_eq!(signed.replace('\n', ""), original.replace('\n', ""));
}

#[test]
fn what_cannot_be_signed_is_said() {
    let (signed, key) = (fixture("professional"), key());
    assert_eq!(sign(&signed, &key), Err(SignError::NothingToSign));
    let template = emptied(&signed);
    let short = template.replacen("<ds:DigestValue></ds:DigestValue>", "<ds:DigestValue/>", 1);
    assert_eq!(sign(&short, &key), Err(SignError::Shape(said::has_no_end_tag("DigestValue"))));
    let lost = template.replace("URI=\"#ts.sig.1\"", "URI=\"#lost\"");
    assert!(matches!(sign(&lost, &key), Err(SignError::Shape(reason)) if reason.to_string().contains("#lost")));
    assert!(matches!(sign("<a>", &key), Err(SignError::NotWellFormed(_))));
}

/// The document with what signing fills in taken out.
fn emptied(document: &str) -> String {
    ["<ds:DigestValue>", "<ds:SignatureValue>"].iter().fold(document.to_owned(), |text, tag| {
        let mut pieces = text.split(tag);
        let first = pieces.next().expect("first piece").to_owned();
        pieces.fold(first, |text, piece| text + tag + &piece[piece.find("</").expect("end tag")..])
    })
}

fn key() -> RsaKeyPair {
    let pem: String = TestKey::Professional.pem().lines().filter(|line| !line.starts_with("-----")).collect();
    RsaKeyPair::from_pkcs8(&STANDARD.decode(pem).expect("PEM")).expect("PKCS #8")
}
