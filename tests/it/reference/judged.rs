//! What the reference system sends, judged by the rules, by THL's schemas and by xmlsec1.

use std::fs;

use kantakoe::evidence::Caller;
use kantakoe::profile::Profile;
use kantakoe::reading::read;
use kantakoe::reading::{NoticeRequest, read_notice};
use kantakoe::reference::{Fault, Variant};
use kantakoe::rule::message::{ArchiveContext, judge};
use kantakoe::rule::notice::{self, NoticeContext};
use kantakoe::rule::{Catalogue, Finding, Strictness};
use kantakoe::schema::DocumentSchemas;
use kantakoe::source::SourceFile;
use kantakoe::state::UnknownArchive;
use kantakoe::wire::cda::read_document;
use kantakoe::wire::hl7::{Contents, read_message};
use kantakoe::wire::trust::TrustAnchors;
use kantakoe::wire::xml::ReadLimits;
use serde_json::{Value, json};
use wiremock::Request;

use super::bench::{Bench, CLIENT, OTHER_CLIENT, Setup};
use crate::support::{shared, tool};

/// The rules with everything that they ask.
struct Judge {
    profile: Profile,
    catalogue: Catalogue,
    schemas: DocumentSchemas,
    trust: TrustAnchors,
    audience: Vec<String>,
}

impl Judge {
    fn new(bench: &Bench) -> Self {
        let file = |name: &str| {
            let path = format!("{}/{name}", env!("CARGO_MANIFEST_DIR"));
            SourceFile::new(name, fs::read_to_string(path).expect(name))
        };
        let catalogue = Catalogue::read(&file("catalogue/requirements.toml"), &file("catalogue/findings.toml"));
        Self {
            profile: Profile::read(&Profile::built_in()).expect("profile"),
            catalogue: catalogue.expect("catalogue"),
            schemas: DocumentSchemas::built_in(),
            trust: TrustAnchors::from_pem(bench.identities.authority.as_bytes()).expect("authority"),
            audience: vec![bench.fhir_url()],
        }
    }

    fn findings(&self, request: &Request) -> Vec<Finding> {
        if request.url.path() == "/fhir" { self.notice(request) } else { self.archive(request) }
    }

    fn archive(&self, request: &Request) -> Vec<Finding> {
        let context = ArchiveContext {
            profile: &self.profile,
            catalogue: &self.catalogue,
            strictness: Strictness::Fail,
            schemas: &self.schemas,
            trust: &self.trust,
            caller: &Caller::default(),
            known: &UnknownArchive,
            now: jiff::Timestamp::now(),
        };
        judge(&read(&request.body, &self.profile.limits.reading()), &context, None)
    }

    fn notice(&self, request: &Request) -> Vec<Finding> {
        let headers = request.headers.iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()));
        let context = NoticeContext {
            profile: &self.profile,
            catalogue: &self.catalogue,
            strictness: Strictness::Fail,
            trust: &self.trust,
            now: jiff::Timestamp::now(),
            audience: &self.audience,
            known: &UnknownArchive,
            exchange: None,
        };
        let request = NoticeRequest {
            method: request.method.to_string(),
            path: request.url.path().to_owned(),
            headers: headers.collect(),
            body: request.body.clone(),
        };
        notice::judge(&read_notice(request, &self.profile), &context)
    }
}

/// Codes of the findings about everything that a system with this fault sends, each once.
async fn codes_of(fault: Option<Fault>) -> Vec<String> {
    let bench = Bench::new(Setup { fault, ..Setup::default() }).await;
    everything(&bench).await;
    let judge = Judge::new(&bench);
    let found = bench.requests().await.iter().flat_map(|request| judge.findings(request)).collect::<Vec<_>>();
    let mut codes: Vec<String> = found.into_iter().map(|finding| finding.code.to_string()).collect();
    codes.sort();
    codes.dedup();
    codes
}

/// One of every message that the system can send.
async fn everything(bench: &Bench) {
    let [_, _, document] = bench.store_three("Näyteteksti <1> m-3").await;
    let correction = json!({"client": CLIENT, "document": document, "text": "Korjattu m-4", "marker": "m-4"});
    bench.act("correct-document", correction).await;
    bench.act("nullify-document", json!({"client": CLIENT, "document": document, "reason": "väärä"})).await;
    let search = json!({"client": CLIENT, "from": "2026-01-01", "until": "2100-01-01", "document-group": "5"});
    bench.act("search-documents", search.clone()).await;
    bench.act("search-metadata", search).await;
    bench.act("view-document", json!({"client": CLIENT, "document": document})).await;
    bench.know(OTHER_CLIENT).await;
    bench.act("record-disclosures", disclosures(&document)).await;
}

/// Three events about two clients: to an organisation, to the client, through the archive.
pub fn disclosures(document: &str) -> Value {
    let event = |key: &str, client: &str, recipient: Value, channel: &str| {
        json!({
            "key": key, "client": client, "recipient": recipient, "ground": "statutory-request", "channel": channel,
            "items": [{"document": document}, {"description": "Paperiliite"}], "at": "2026-11-20T09:15:00+02:00",
        })
    };
    let authority = json!({"id": "1.2.246.10.88888888.10.0", "name": "Vastaanottaja"});
    json!({"events": [
        event("a", CLIENT, authority.clone(), "outside-archive"),
        event("b", CLIENT, json!({"client": true}), "outside-archive"),
        event("c", OTHER_CLIENT, authority.clone(), "outside-archive"),
        event("d", OTHER_CLIENT, authority, "through-archive"),
    ]})
}

#[tokio::test]
async fn every_variant_sends_what_the_rules_have_nothing_against() {
    for variant in Variant::all() {
        let bench = Bench::new(Setup { variant, ..Setup::default() }).await;
        everything(&bench).await;
        let judge = Judge::new(&bench);
        let requests = bench.requests().await;
        assert!(requests.len() >= 10, "{}: {}", variant.name, requests.len());
        for request in &requests {
            assert_eq!(judge.findings(request), [], "{}: {}", variant.name, String::from_utf8_lossy(&request.body));
        }
    }
}

#[tokio::test]
async fn a_fault_on_the_wire_is_found_as_itself_and_as_nothing_else() {
    let table = [
        (Fault::SignatureMissing, "signature-missing"),
        (Fault::SignatureOverOtherBytes, "signature-body-differs"),
        (Fault::SignatureValueWrong, "signature-value-wrong"),
        (Fault::SignatureTimestampAltered, "signature-timestamp-differs"),
        (Fault::SignerNotAuthor, "signer-not-author"),
        (Fault::DocumentGroupMissing, "document-group-missing"),
        (Fault::FrameNamesOtherDocument, "frame-document-differs"),
        (Fault::ContentSpecificationWrong, "content-specification-differs"),
        (Fault::JsonRequiredMissing, "json-invalid"),
        (Fault::BirthDateDiffers, "client-data-differs"),
        (Fault::DisplayFormOfOtherDocument, "display-form-wrong"),
        (Fault::CustodianOther, "custodian-not-organiser"),
        (Fault::InteractionDiffers, "interaction-differs"),
        (Fault::SearchWithoutClient, "search-without-client"),
        (Fault::ReplacementLinkMissing, "replacement-link-missing"),
        (Fault::TwoClientsInOneBundle, "notice-persons-mixed"),
        (Fault::ProvenanceMissing, "notice-pair-incomplete"),
        (Fault::NoticeWithoutController, "notice-controller-missing"),
        (Fault::NoticeWithoutRecipient, "notice-recipient-unclear"),
        (Fault::NoticeNamesControllerAlone, "notice-recipient-missing"),
        (Fault::ItemUndescribed, "notice-item-undescribed"),
        (Fault::OutdatedProfile, "notice-profile-outdated"),
        (Fault::FullUrlDiffers, "notice-full-url-differs"),
        (Fault::NoticeSignatureMissing, "notice-signature-missing"),
        (Fault::NoticeSignatureOverOtherBytes, "notice-signature-wrong"),
        (Fault::TokenMissing, "token-missing"),
        (Fault::TokenExpired, "token-refused"),
        (Fault::TokenAlgorithmNone, "token-unverified"),
        (Fault::PeriodEndGiven, "notice-element-forbidden"),
        (Fault::NoticeWithoutRecorded, "notice-element-missing"),
    ];
    for (fault, code) in table {
        assert_eq!(codes_of(Some(fault)).await, [code], "{fault}");
    }
}

/// The CDA documents that Kanta got.
async fn documents(bench: &Bench) -> Vec<Vec<u8>> {
    let document = |request: &Request| {
        let message = read_message(&request.body, &ReadLimits::default()).expect("message");
        let Contents::Document(document) = message.frame.contents else { return None };
        Some(document.package?.value.expect("package").document)
    };
    bench.requests().await.iter().filter(|request| request.url.path() == "/archive").filter_map(document).collect()
}

#[tokio::test]
async fn xmlsec1_verifies_the_documents_of_every_variant() {
    let Some(_) = tool("xmlsec1") else { return };
    let folder = tempfile::tempdir().expect("folder");
    for variant in Variant::all() {
        let bench = Bench::new(Setup { variant, ..Setup::default() }).await;
        everything(&bench).await;
        let documents = documents(&bench).await;
        assert!(documents.len() >= 4, "{}", variant.name);
        for document in documents {
            let file = folder.path().join("document.xml");
            fs::write(&file, document).expect("write");
            let mut xmlsec1 = tool("xmlsec1").expect("xmlsec1");
            xmlsec1.args(["--verify", "--insecure", "--id-attr:ID", "urn:hl7-org:v3:nonXMLBody"]);
            xmlsec1.args(["--id-attr:ID", "urn:hl7finland:signatureTimestamp"]);
            let output = xmlsec1.arg(&file).output().expect("run");
            assert!(output.status.success(), "{}: {}", variant.name, String::from_utf8_lossy(&output.stderr));
        }
    }
}

#[tokio::test]
async fn the_structured_forms_are_valid_against_the_published_schemas() {
    let Some(shared) = shared() else { return };
    let bench = Bench::plain().await;
    everything(&bench).await;
    let documents = documents(&bench).await;
    assert_eq!(documents.len(), 5);
    for document in documents {
        let document = read_document(&document, &ReadLimits::default()).expect("document");
        let specification = document.header.expect("header").content_specification.expect("specification").value;
        let json = document.body.expect("body").json.expect("json").value.expect("base64");
        let schema = fs::read_to_string(shared.join(format!("sosmeta/{specification}.json"))).expect("schema");
        let schema: Value = serde_json::from_str(&schema).expect("schema");
        let json: Value = serde_json::from_str(&json).expect("json");
        let errors: Vec<String> = jsonschema::validator_for(&schema)
            .expect("schema")
            .iter_errors(&json)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{specification}");
    }
}
