//! The service as it describes itself, read and used by another language's SOAP client.

use std::process::Command;

use kantakoe::kanta::{Kanta, RunningKanta};
use kantakoe::pki::Identities;
use serde_json::{Value, json};

use super::alone::settings;
use super::messages::Draft;
use super::world::World;
use crate::support::judge;

#[tokio::test]
async fn the_description_names_every_interaction_and_where_the_service_stands() {
    let world = World::start().await;
    let address = world.kanta.archive_url();
    let answer = world.client.get(format!("{address}?wsdl")).send().await.expect("answer");
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["content-type"]),
        (200, &"text/xml; charset=utf-8".parse().expect("header"))
    );
    let text = answer.text().await.expect("text");
    let document = roxmltree::Document::parse(&text).expect("well-formed");
    let named = |tag: &str, attribute: &str| -> Vec<String> {
        let nodes = document.descendants().filter(|node| node.tag_name().name() == tag);
        nodes.filter_map(|node| node.attribute(attribute).map(str::to_owned)).collect()
    };
    assert_eq!(named("address", "location"), [address.clone(), address.clone()]);
    for row in &kantakoe::profile::Profile::read(&kantakoe::profile::Profile::built_in()).expect("profile").interaction
    {
        let action = format!("urn:hl7-org:v3:{}", row.id);
        assert_eq!(named("operation", "soapAction").iter().filter(|named| **named == action).count(), 2, "{action}");
        assert!(named("output", "message").contains(&format!("tns:{}", row.answer)), "{}", row.answer);
    }
    let exchange = world.last();
    assert_eq!((exchange.service.id(), exchange.accepted), ("description", true));
    let refused = world.client.get(&address).send().await.expect("answer");
    assert_eq!(refused.status().as_u16(), 405, "a message is posted");
}

struct Service {
    kanta: RunningKanta,
    identities: Identities,
    folder: tempfile::TempDir,
}

impl Service {
    async fn start() -> Self {
        let folder = tempfile::tempdir().expect("folder");
        let (kanta, path) = Kanta::start_alone(settings(folder.path(), "localhost", false)).await.expect("start");
        Self { kanta, identities: Identities::read_folder(&path).expect("identities"), folder }
    }

    /// What the other language's client says of the answer to `message` sent through `port`.
    async fn sent(&self, mut client: Command, message: &str, port: &str) -> Value {
        let file = self.folder.path().join("message.xml");
        std::fs::write(&file, message).expect("write");
        client.arg(format!("{}?wsdl", self.kanta.archive_url())).arg(file).arg(port).env("NO_PROXY", "*");
        let output = tokio::process::Command::from(client).output().await.expect("run");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON")
    }
}

#[tokio::test]
async fn a_client_of_another_language_stores_and_searches_by_the_description() {
    if judge("speak_soap.py").is_none() {
        return;
    }
    let client = || judge("speak_soap.py").expect("it is there");
    let service = Service::start().await;
    let store = Draft::of("client-relationship").finish(&service.identities);
    let accepted = json!({
        "code": "AA", "target": "1000001", "interaction": "MCCI_IN000002UV01", "details": [], "act": false,
    });
    for port in ["ArchiveSoap11", "ArchiveSoap12"] {
        assert_eq!(service.sent(client(), &store, port).await, accepted, "{port}");
    }
    let other = Draft::of("client-document").finish(&service.identities);
    let refused = service.sent(client(), &other, "ArchiveSoap11").await;
    assert_eq!(refused["code"], "AE");
    let details = refused["details"].as_array().expect("details");
    let told = details
        .iter()
        .any(|detail| detail[0] == "E" && detail[1].as_str().expect("text").starts_with("[message-id-reused]"));
    assert!(told, "{refused}");
    let search = Draft::of("search").numbered(1000002).finish(&service.identities);
    let found = service.sent(client(), &search, "ArchiveSoap11").await;
    assert_eq!((&found["code"], &found["act"]), (&json!("AA"), &json!(true)), "{found}");
}
