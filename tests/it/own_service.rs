//! A service of the tests' own, in this file alone: it is routed to, journalled, plays a fault, is judged and reported
//! like those that ship. And what ships: each service and operation has its words.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::Timestamp;
use jiff::civil::date;
use kantakoe::domain::{Fault, FindingCode, Operation, Outcome, ServiceGround};
use kantakoe::driver::{HttpDriver, HttpDriverSettings, tls};
use kantakoe::evidence::{Exchange, Journal, RequestKind, ServiceTag};
use kantakoe::kanta::{
    Arrival, Bounds, Clock, Core, ExchangeRecord, FaultPlan, Handled, Kanta, LaneSettings, PlannedFault, Reply,
    RequestProblem, RunningKanta, Service, ServiceAnswer, Settings, Tls, json_refusal, play_any, services,
};
use kantakoe::profile::Profile;
use kantakoe::report::{Language, Texts, write};
use kantakoe::rule::{Catalogue, Strictness};
use kantakoe::run::{
    EvidenceLog, ExpectedFailures, Lane, LogSource, ProfileValidity, Rules, Run, RunHeader, Selection, SystemFacts,
};
use kantakoe::scenario::{CheckContext, Controllers, Plan, built_in_tables, check, plan_all};
use kantakoe::schema::DocumentSchemas;
use kantakoe::source::SourceFile;
use kantakoe::wire::trust::TrustAnchors;
use serde_json::{Value, json};
use tempfile::TempDir;

const PATH: &str = "/appointments/v1";
const PERSON: &str = "010181-900C";
const ORGANISATION: &str = "1.2.246.10.99999991.10.0";

/// Books appointments for a client.
struct AppointmentService;

impl Service for AppointmentService {
    fn tag(&self) -> ServiceTag {
        ServiceTag::new("appointments", RequestKind::Call)
    }

    fn paths(&self) -> &'static [&'static str] {
        &[PATH]
    }

    fn entry_path(&self) -> Option<&'static str> {
        Some(PATH)
    }

    fn faults(&self) -> &'static [Fault] {
        &[Fault::Busy]
    }

    fn is_posted_to(&self) -> bool {
        true
    }

    fn refuse(&self, _: &Core, _: &Arrival, problem: &RequestProblem) -> Handled {
        json_refusal(problem, "error")
    }

    fn answer(&self, core: &Core, arrival: &Arrival) -> Handled {
        let asked: Value = serde_json::from_slice(arrival.body()).unwrap_or_default();
        let persons: Vec<String> = asked["client"].as_str().map(str::to_owned).into_iter().collect();
        let planned = PlannedFault::take(core, arrival, self.faults(), &persons, Operation::Unknown);
        let handled = planned.instead().map_or_else(|| booked(&asked), play_any);
        let (facts, reply) = planned.shown_in(handled);
        (ExchangeRecord { persons, ..facts }, reply)
    }
}

fn booked(asked: &Value) -> Handled {
    let json = |status, body: Value| Reply::Answer(ServiceAnswer::new(status, "application/json", body.to_string()));
    match asked["at"].as_str() {
        Some(at) => (ExchangeRecord::accepted(), json(StatusCode::CREATED, json!({ "booked": at }))),
        None => (
            ExchangeRecord::refused(FindingCode::MessageUnreadable),
            json(StatusCode::UNPROCESSABLE_ENTITY, json!({ "error": "at is missing" })),
        ),
    }
}

/// A simulated Kanta with the service beside those that ship.
struct Endpoint {
    kanta: Arc<RunningKanta>,
    journal: Arc<Journal>,
    evidence: EvidenceLog,
    client: reqwest::Client,
    profile: Arc<Profile>,
    catalogue: Arc<Catalogue>,
    folder: TempDir,
}

impl Endpoint {
    async fn start(services: Vec<Arc<dyn Service>>) -> Self {
        let folder = tempfile::tempdir().expect("folder");
        let evidence = EvidenceLog::default();
        let journal = Journal::create(&folder.path().join("journal"), Some(evidence.listener())).expect("journal");
        let (journal, catalogue) = (Arc::new(journal), Arc::new(catalogue()));
        let profile = Arc::new(Profile::read(&Profile::built_in()).expect("profile"));
        let settings = Settings {
            bind: "127.0.0.1:0".parse().expect("address"),
            host: "localhost".to_owned(),
            tls: Tls::Off,
            bounds: Bounds::default(),
            profile: Arc::clone(&profile),
            catalogue: Arc::clone(&catalogue),
            strictness: Strictness::Warn,
            schemas: DocumentSchemas::built_in(),
            trust: TrustAnchors::default(),
            journal: Arc::clone(&journal),
            keep_exchanges: false,
            services,
            answerable: None,
            lanes: LaneSettings::default(),
            state: None,
            clock: Clock::Wall,
        };
        let kanta = Arc::new(Kanta::start(settings).await.expect("start"));
        let client = reqwest::Client::builder().no_proxy().tls_backend_preconfigured(tls(&[]).expect("TLS"));
        let client = client.build().expect("client");
        Self { kanta, journal, evidence, client, profile, catalogue, folder }
    }

    async fn post(&self, body: &Value) -> (u16, String) {
        let answer = self.client.post(self.kanta.url(PATH)).json(body).send().await.expect("answer");
        (answer.status().as_u16(), answer.text().await.expect("text"))
    }

    fn last(&self) -> Exchange {
        let entries = self.evidence.entries();
        entries.iter().rev().find_map(|entry| entry.exchange()).expect("an exchange").clone()
    }

    /// The run of one scenario against a system whose driver is at `driver`.
    fn run(&self, plan: Plan, driver: String) -> Run {
        let time = Duration::from_secs(60);
        let settings =
            HttpDriverSettings { address: driver, action_time: time, answer_time: time, authorities: Vec::new() };
        let rules = Rules {
            profile: Arc::clone(&self.profile),
            catalogue: Arc::clone(&self.catalogue),
            schemas: DocumentSchemas::built_in(),
            trust: TrustAnchors::default(),
            strictness: Strictness::Warn,
            audience: self.kanta.audience(),
            seed: 1,
        };
        let lane = Lane {
            name: String::new(),
            kanta: Arc::clone(&self.kanta),
            driver: HttpDriver::new(settings).expect("driver"),
            use_log: LogSource::Driver,
            evidence: self.evidence.of_lane(""),
            rules: Arc::new(rules),
        };
        Run {
            header: self.header(),
            plans: vec![plan],
            lanes: vec![lane],
            parallel: 1,
            expected: ExpectedFailures::default(),
            journal: Arc::clone(&self.journal),
            events: Arc::new(|_| {}),
        }
    }

    fn header(&self) -> RunHeader {
        RunHeader {
            harness: "test".to_owned(),
            profile: "test".to_owned(),
            validity: ProfileValidity::on(self.profile.validity, date(2026, 11, 20)),
            differences: None,
            profile_digest: String::new(),
            suite_digest: String::new(),
            configuration_digest: String::new(),
            system: SystemFacts::default(),
            driver: "http".to_owned(),
            seed: 1,
            strictness: Strictness::Warn,
            tls: false,
            selection: Selection::default(),
            started: Timestamp::now(),
        }
    }
}

fn catalogue() -> Catalogue {
    let (requirements, findings) = built_in_tables();
    Catalogue::read(&requirements, &findings).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// Those that ship, and the one of this file.
fn with_appointments() -> Vec<Arc<dyn Service>> {
    let mut all = services();
    all.push(Arc::new(AppointmentService));
    all
}

#[tokio::test]
async fn a_registered_service_is_routed_to_and_journalled() {
    let endpoint = Endpoint::start(with_appointments()).await;
    let (status, text) = endpoint.post(&json!({ "client": PERSON, "at": "2026-12-01" })).await;
    assert_eq!((status, text.as_str()), (201, r#"{"booked":"2026-12-01"}"#));
    let exchange = endpoint.last();
    assert_eq!(
        (exchange.service.id(), exchange.accepted, exchange.persons),
        ("appointments", true, vec![PERSON.to_owned()])
    );
    let urls: Vec<(String, String)> = endpoint.kanta.service_urls().collect();
    assert!(urls.contains(&("appointments".to_owned(), endpoint.kanta.url(PATH))), "{urls:?}");
    let got = endpoint.client.get(endpoint.kanta.url(PATH)).send().await.expect("answer");
    assert_eq!((got.status().as_u16(), &got.headers()["allow"]), (405, &"POST".parse().expect("header")));
    assert_eq!(
        (endpoint.last().service.id(), endpoint.last().refused_for),
        ("appointments", vec![ServiceGround::MethodNotAllowed.into()])
    );
}

#[tokio::test]
async fn a_service_that_is_not_registered_has_no_address() {
    let endpoint = Endpoint::start(services()).await;
    assert_eq!(endpoint.post(&json!({ "client": PERSON, "at": "2026-12-01" })).await.0, 404);
    assert_eq!(endpoint.last().service, ServiceTag::OTHER);
}

#[tokio::test]
async fn a_service_plays_the_faults_that_it_can_and_no_others() {
    let endpoint = Endpoint::start(with_appointments()).await;
    let plan = |fault| FaultPlan { person: PERSON.to_owned(), operation: Operation::Unknown, fault, times: 1 };
    endpoint.kanta.play(plan(Fault::SoapFault));
    endpoint.kanta.play(plan(Fault::Busy));
    let asked = json!({ "client": PERSON, "at": "2026-12-01" });
    assert_eq!(endpoint.post(&asked).await.0, 503);
    let exchange = endpoint.last();
    assert_eq!((exchange.fault, exchange.accepted), (Some(Fault::Busy), false));
    assert_eq!(endpoint.post(&asked).await.0, 201);
    assert_eq!(endpoint.last().fault, None);
}

/// A form goes out; the system of this file books an appointment for its client, too.
const SCENARIO: &str = r#"
id = "forms-and-appointment"
area = "forms"
requirements = ["FRM-01"]

[title]
fi = "Aika"
sv = "Tid"
en = "Appointment"

[purpose]
fi = "Asiakkaalle varataan aika."
sv = "Klienten får en tid."
en = "An appointment is booked for the client."

[[person]]
name = "client"

[[step]]
name = "form"
action = "send-form"
client = "client"

[[expect]]
step = "form"
see = "form-sent"
of = "form"
"#;

fn plan(catalogue: &Catalogue) -> Plan {
    let scenario = check(&SourceFile::new("own.toml", SCENARIO), CheckContext { catalogue });
    let scenario = scenario.unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let [own, other, organiser] = ["1", "2", "3"].map(|last| format!("1.2.246.10.9999999{last}.10.0"));
    plan_all(&[scenario], 1, &Controllers { own, other, organiser }).remove(0)
}

/// The driver of a system that sends the form and books; `at` is the time that it asks for.
async fn system(endpoint: &Endpoint, at: Value) -> String {
    let (client, kanta) = (endpoint.client.clone(), Arc::clone(&endpoint.kanta));
    let act = move |Json(asked): Json<Value>| {
        let (client, kanta, at) = (client.clone(), Arc::clone(&kanta), at.clone());
        async move {
            let parameters = &asked["parameters"];
            let form = json!({
                "key": asked["key"], "recipient": parameters["recipient"], "kind": parameters["kind"],
                "content": parameters,
            });
            let sent = client.post(kanta.url("/forms/v1/forms")).header("x-organisation", ORGANISATION);
            let sent = sent.json(&form).send().await.expect("answer");
            assert_eq!(sent.status().as_u16(), 201, "{}", sent.text().await.expect("text"));
            let booking = json!({ "client": parameters["client"], "at": at });
            client.post(kanta.url(PATH)).json(&booking).send().await.expect("answer");
            Json(json!({ "id": "1", "state": "finished", "outcome": "succeeded", "result": {} }))
        }
    };
    let capabilities = json!({
        "driver-api": "1", "system": { "name": "Own", "version": "1" }, "actions": ["send-form"],
    });
    let router = Router::new()
        .route("/v1/capabilities", get(move || async move { Json(capabilities) }))
        .route("/v1/actions", post(act));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("port");
    let address = listener.local_addr().expect("address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

/// Runs the scenario against the system and gives the outcome, the codes of the findings and the page.
async fn reported(at: Value) -> (Outcome, Vec<String>, String) {
    let endpoint = Endpoint::start(with_appointments()).await;
    let driver = system(&endpoint, at).await;
    let result = endpoint.run(plan(&endpoint.catalogue), driver).execute().await;
    let report = endpoint.folder.path().join("report");
    let entries = endpoint.evidence.entries();
    let written = write::all(&report, &result, &entries, &endpoint.catalogue, Language::En).expect("report");
    let codes = result.scenarios[0].findings.iter().map(|finding| finding.code.to_string()).collect();
    (result.outcome, codes, std::fs::read_to_string(written.page).expect("page"))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_to_a_registered_service_is_judged_and_reported() {
    let (outcome, codes, page) = reported(json!("2026-12-01")).await;
    assert_eq!((outcome, codes), (Outcome::Pass, vec![]));
    assert!(page.contains("<span>appointments</span>"));
    let (outcome, codes, page) = reported(Value::Null).await;
    assert_eq!((outcome, codes), (Outcome::Fail, vec!["message-unreadable".to_owned()]));
    assert!(page.contains("message-unreadable") && page.contains("at is missing"));
}

#[test]
fn each_service_and_operation_that_ships_has_its_words_once_and_nothing_else_has() {
    let services: BTreeSet<String> = services().iter().map(|service| service.tag().id().to_owned()).collect();
    let beside = [ServiceTag::HANDSHAKE, ServiceTag::OTHER].map(|tag| tag.id().to_owned());
    let services: BTreeSet<String> = services.into_iter().chain(beside).collect();
    let operations: BTreeSet<String> =
        Operation::KNOWN.iter().chain(&[Operation::Unknown]).map(|operation| operation.name().to_owned()).collect();
    for language in Language::ALL {
        let words = &Texts::of(language).words;
        assert_eq!(words.service.ids().map(str::to_owned).collect::<BTreeSet<_>>(), services, "{language:?}");
        assert_eq!(words.operation.ids().map(str::to_owned).collect::<BTreeSet<_>>(), operations, "{language:?}");
    }
}

#[test]
fn each_operation_is_asked_of_one_service() {
    for operation in Operation::KNOWN {
        let asked: Vec<ServiceTag> = services()
            .iter()
            .filter(|service| service.operations().contains(operation))
            .map(|service| service.tag())
            .collect();
        assert_eq!(asked.len(), 1, "{operation:?} is asked of {asked:?}");
    }
}
