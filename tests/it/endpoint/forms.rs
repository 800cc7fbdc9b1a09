//! Forms between organisations: sent, waiting, fetched, receipted; delivered once.

use kantakoe::domain::Hetu;
use kantakoe::kanta::{Kanta, RunningKanta};
use serde_json::{Value, json};

use super::alone::settings;
use super::world::{ORGANISATION, OTHER, World};

struct Service {
    kanta: RunningKanta,
    folder: tempfile::TempDir,
}

impl Service {
    async fn start() -> Self {
        let folder = tempfile::tempdir().expect("folder");
        let (kanta, _) = Kanta::start_alone(settings(folder.path(), "localhost", false)).await.expect("start");
        Self { kanta, folder }
    }

    async fn call(&self, caller: &str, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let address = self.kanta.archive_url().replace("/archive", &format!("/forms/v1/{path}"));
        let tls = kantakoe::driver::tls(&[]).expect("TLS");
        let client = reqwest::Client::builder().no_proxy().tls_backend_preconfigured(tls).build().expect("client");
        let request = client.request(method.parse().expect("method"), address).header("x-organisation", caller);
        let request = body.into_iter().fold(request, reqwest::RequestBuilder::json);
        let answer = request.send().await.expect("answer");
        (answer.status().as_u16(), answer.json().await.expect("JSON"))
    }

    async fn sent(&self, form: &Value) -> String {
        let (status, answer) = self.call(ORGANISATION, "POST", "forms", Some(form)).await;
        assert_eq!(status, 201, "{answer}");
        answer["id"].to_string()
    }

    async fn waiting(&self, organisation: &str) -> Vec<Value> {
        let (_, answer) = self.call(organisation, "GET", "inbox", None).await;
        answer["forms"].as_array().expect("forms").clone()
    }
}

fn form(key: &str) -> Value {
    json!({"key": key, "recipient": OTHER, "kind": "referral", "content": {"client": "010181-900C", "text": "Pyyntö"}})
}

#[tokio::test]
async fn a_form_goes_its_way_once() {
    let service = Service::start().await;
    let id = service.sent(&form("a")).await;
    assert_eq!(service.sent(&form("a")).await, id, "the same form again is the same form");
    let waiting = service.waiting(OTHER).await;
    assert_eq!((waiting.len(), &waiting[0]["state"], &waiting[0]["content"]), (1, &json!("waiting"), &Value::Null));
    assert_eq!(service.waiting(ORGANISATION).await, [] as [Value; 0], "nothing waits for its sender");

    let content = format!("forms/{id}/content");
    let receipt = format!("forms/{id}/receipt");
    assert_eq!(service.call(OTHER, "POST", &receipt, None).await.0, 409, "what is not fetched has no receipt");
    let first = service.call(OTHER, "GET", &content, None).await;
    assert_eq!((first.0, &first.1["content"]), (200, &form("a")["content"]));
    assert_eq!(service.call(OTHER, "GET", &content, None).await, first, "a lost answer may be asked for again");
    let (_, seen) = service.call(ORGANISATION, "GET", &format!("forms/{id}"), None).await;
    assert_eq!(seen["state"], "fetched");

    let (status, over) = service.call(OTHER, "POST", &receipt, None).await;
    assert_eq!((status, &over["state"]), (200, &json!("receipted")));
    assert_eq!(service.call(OTHER, "POST", &receipt, None).await, (200, over), "a second receipt changes nothing");
    assert_eq!(service.call(OTHER, "GET", &content, None).await.0, 410);
    assert!(service.waiting(OTHER).await.is_empty());
    assert_eq!(service.sent(&form("a")).await, id, "the key still names the form");
}

#[tokio::test]
async fn a_form_is_for_its_recipient_only() {
    let service = Service::start().await;
    let id = service.sent(&form("a")).await;
    for (caller, path, expected) in [
        (ORGANISATION, format!("forms/{id}/content"), 404),
        ("1.2.246.10.99999993.10.0", format!("forms/{id}"), 404),
        (OTHER, format!("forms/{id}"), 200),
        (OTHER, "forms/999".to_owned(), 404),
        (OTHER, "forms/x".to_owned(), 404),
        (OTHER, "nowhere".to_owned(), 404),
        (OTHER, format!("forms/{id}/receipt"), 405),
        ("", "inbox".to_owned(), 400),
    ] {
        let (status, answer) = service.call(caller, "GET", &path, None).await;
        assert_eq!(status, expected, "{caller} {path}: {answer}");
    }
    let world = World::start().await;
    let address = world.kanta.archive_url().replace("/archive", "/forms/v1/inbox");
    let as_another = world.client.get(&address).header("x-organisation", OTHER).send().await.expect("answer");
    assert_eq!(as_another.status().as_u16(), 403, "the certificate says who calls");
    assert_eq!(world.client.get(&address).send().await.expect("answer").status().as_u16(), 200);
}

#[tokio::test]
async fn what_is_no_form_is_not_taken() {
    let service = Service::start().await;
    let foreign = Hetu::compose(jiff::civil::date(1981, 1, 1), 123).expect("compose");
    let with = |name: &str, value: Value| {
        let mut form = form("b");
        form[name] = value;
        form
    };
    service.sent(&form("b")).await;
    for (form, expected) in [
        (with("key", " ".into()), 400),
        (with("kind", "x".repeat(201).into()), 400),
        (with("recipient", "nobody".into()), 400),
        (with("extra", 1.into()), 400),
        (with("content", "other".into()), 409),
        (with("recipient", "1.2.3".into()), 409),
        (with("content", foreign.as_str().into()), 400),
    ] {
        let (status, answer) = service.call(ORGANISATION, "POST", "forms", Some(&form)).await;
        assert_eq!(status, expected, "{answer}");
        assert!(answer["error"].is_string() && !answer.to_string().contains(foreign.as_str()), "{answer}");
    }
    assert_eq!(service.waiting(OTHER).await.len(), 1);
    let journal = std::fs::read(service.folder.path().join("journal")).expect("journal");
    assert!(!String::from_utf8_lossy(&journal).contains(foreign.as_str()));
}

#[tokio::test]
async fn forms_outlive_the_process() {
    let service = Service::start().await;
    let id = service.sent(&form("c")).await;
    let Service { kanta, folder } = service;
    kanta.stop().await;
    let (kanta, _) = Kanta::start_alone(settings(folder.path(), "localhost", false)).await.expect("start");
    let service = Service { kanta, folder };
    let (status, answer) = service.call(OTHER, "GET", &format!("forms/{id}/content"), None).await;
    assert_eq!((status, &answer["sender"]), (200, &json!(ORGANISATION)));
}
