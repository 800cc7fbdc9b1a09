//! The simulated Kanta without a run around it.

use std::path::Path;
use std::sync::Arc;

use kantakoe::kanta::{AloneSettings, Clock, Kanta, LaneSettings, RunningKanta};
use kantakoe::pki::Identities;
use kantakoe::profile::Profile;
use kantakoe::rule::Strictness;
use kantakoe::schema::DocumentSchemas;

use super::messages::Draft;
use super::world::{ORGANISATION, PERSON, caller, catalogue, subject};

pub fn settings(folder: &Path, host: &str, tls: bool) -> AloneSettings {
    AloneSettings {
        bind: "127.0.0.1:0".parse().expect("address"),
        host: host.to_owned(),
        tls,
        folder: folder.to_owned(),
        trust: Vec::new(),
        system: subject(ORGANISATION),
        professional: subject("99900000011"),
        profile: Arc::new(Profile::read(&Profile::built_in()).expect("profile")),
        catalogue: Arc::new(catalogue()),
        answerable: Vec::new(),
        lanes: LaneSettings::default(),
        strictness: Strictness::Warn,
        schemas: DocumentSchemas::built_in(),
        clock: Clock::Wall,
    }
}

async fn store(kanta: &RunningKanta, identities: &Identities) -> String {
    let client = caller(&identities.authority, Some(&identities.client)).expect("client");
    let message = Draft::of("client-document").finish(identities);
    let post = client.post(kanta.archive_url()).header("content-type", "text/xml").body(message);
    post.send().await.expect("answer").text().await.expect("text")
}

#[tokio::test]
async fn identities_evidence_and_archive_outlive_it() {
    let folder = tempfile::tempdir().expect("folder");
    let state = folder.path().join("state");
    let start = || Kanta::start_alone(settings(&state, "localhost", true));
    let (kanta, path) = start().await.expect("start");
    let identities = Identities::read_folder(&path).expect("identities");
    let first = store(&kanta, &identities).await;
    assert!(first.contains("<typeCode code=\"AA\"/>"), "{first}");
    kanta.stop().await;
    let (kanta, path) = start().await.expect("start again");
    let kept = Identities::read_folder(&path).expect("identities");
    assert_eq!(kept.authority, identities.authority);
    assert_eq!(kanta.snapshot(&[PERSON.to_owned()], "test").expect("snapshot").documents.len(), 1);
    kanta.stop().await;
}

#[tokio::test]
async fn another_host_name_gets_other_certificates() {
    let folder = tempfile::tempdir().expect("folder");
    let read = |path: &Path| Identities::read_folder(path).expect("identities").authority;
    let (kanta, path) = Kanta::start_alone(settings(folder.path(), "localhost", true)).await.expect("start");
    let before = read(&path);
    kanta.stop().await;
    let (kanta, path) = Kanta::start_alone(settings(folder.path(), "kanta.example", true)).await.expect("start");
    assert_ne!(read(&path), before);
    assert!(kanta.fhir_url().starts_with("https://kanta.example:"), "{}", kanta.fhir_url());
}

#[tokio::test]
async fn plain_http_needs_no_certificate() {
    let folder = tempfile::tempdir().expect("folder");
    let (kanta, path) = Kanta::start_alone(settings(folder.path(), "localhost", false)).await.expect("start");
    let identities = Identities::read_folder(&path).expect("identities");
    let answer = store(&kanta, &identities).await;
    assert!(kanta.archive_url().starts_with("http://") && answer.contains("<typeCode code=\"AA\"/>"), "{answer}");
}
