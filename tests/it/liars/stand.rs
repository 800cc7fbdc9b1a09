//! A run in this process: the simulated Kanta, a gateway before it, the built-in reference system, a liar before that.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use kantakoe::domain::Outcome;
use kantakoe::driver::{HttpDriver, HttpDriverSettings};
use kantakoe::evidence::{Entry, Journal, read_journal};
use kantakoe::kanta::{Bounds, Clock, Kanta, LaneSettings, RunningKanta, Settings, Tls, services};
use kantakoe::pki::Identities;
use kantakoe::reference::{ReferenceSettings, RunningReference, start as start_reference};
use kantakoe::rule::{Catalogue, Strictness};
use kantakoe::run::{
    EvidenceLog, ExpectedFailures, Lane, LogSource, ProfileValidity, Rules, Run, RunHeader, RunResult, Selection,
    SystemFacts,
};
use kantakoe::scenario::{CheckContext, Controllers, Plan, Scenario, built_in_files, built_in_tables, check, plan_all};
use kantakoe::schema::DocumentSchemas;
use kantakoe::wire::trust::TrustAnchors;
use serde_json::Value;

use super::front::{Front, Liar};
use super::gateway::{Between, Gateway};
use crate::reference::bench::{ORGANISATION, Setup, identities, settings};
use crate::support::PROFILE;

const OTHER: &str = "1.2.246.10.99999992.10.0";
const ORGANISER: &str = "1.2.246.10.99999994.10.0";
const SEED: u64 = 11;

static CATALOGUE: LazyLock<Arc<Catalogue>> = LazyLock::new(|| {
    let (requirements, findings) = built_in_tables();
    Arc::new(Catalogue::read(&requirements, &findings).unwrap_or_else(|mistakes| panic!("{mistakes}")))
});

/// Every scenario that ships.
pub static SCENARIOS: LazyLock<Vec<Scenario>> = LazyLock::new(|| {
    let context = CheckContext { catalogue: &CATALOGUE };
    let read = |file| check(&file, context).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    built_in_files().into_iter().map(read).collect()
});

/// What a run came to.
pub struct Ended {
    pub result: RunResult,
    /// Everything that was written down.
    pub entries: Vec<Entry>,
    /// Everything that the system was asked for.
    pub asked: Vec<Value>,
}

/// Runs these scenarios, all where none is named, against the reference system with `liar` before it and `between` on its
/// way to Kanta.
pub async fn run(scenarios: &[&str], liar: Liar, between: Option<&Between>) -> Ended {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("journal");
    let evidence = EvidenceLog::default();
    let journal = Arc::new(Journal::create(&path, Some(evidence.listener())).expect("journal"));
    let identities = identities();
    let (kanta, gateway) = kanta(&identities, &journal, between).await;
    let (system, front) = system(&kanta, &identities, liar).await;
    let lane = lane(kanta, &identities, &evidence, &front);
    let run = Run {
        header: header(),
        plans: plans(scenarios),
        lanes: vec![lane],
        parallel: 1,
        expected: ExpectedFailures::default(),
        journal,
        events: Arc::new(|_| {}),
    };
    let result = run.execute().await;
    system.stop().await;
    drop(gateway);
    Ended { result, asked: front.asked(), entries: read_journal(&path).expect("journal") }
}

/// The simulated Kanta. With a gateway the system reaches it at the same port of another loopback address: its messages and
/// tokens name the address that they go to.
async fn kanta(
    identities: &Identities,
    journal: &Arc<Journal>,
    between: Option<&Between>,
) -> (RunningKanta, Option<Gateway>) {
    let address = if between.is_some() { Ipv4Addr::new(127, 0, 0, 2) } else { Ipv4Addr::LOCALHOST };
    loop {
        let kanta = Kanta::start(kanta_settings(SocketAddr::from((address, 0)), identities, journal)).await;
        let kanta = kanta.expect("simulated Kanta");
        let Some(between) = between else { return (kanta, None) };
        // Somebody may have the port of the other address.
        if let Ok(gateway) = Gateway::start(kanta.address(), between).await {
            return (kanta, Some(gateway));
        }
    }
}

fn kanta_settings(bind: SocketAddr, identities: &Identities, journal: &Arc<Journal>) -> Settings {
    Settings {
        bind,
        host: "127.0.0.1".to_owned(),
        tls: Tls::Off,
        bounds: Bounds::default(),
        profile: Arc::new(PROFILE.clone()),
        catalogue: Arc::clone(&CATALOGUE),
        strictness: Strictness::Every,
        schemas: DocumentSchemas::built_in(),
        trust: trust(identities),
        journal: Arc::clone(journal),
        keep_exchanges: false,
        services: services(),
        answerable: None,
        lanes: LaneSettings::default(),
        state: None,
        clock: Clock::Wall,
    }
}

fn trust(identities: &Identities) -> TrustAnchors {
    TrustAnchors::from_pem(identities.trusted().as_bytes()).expect("anchors")
}

async fn system(kanta: &RunningKanta, identities: &Identities, liar: Liar) -> (RunningReference, Front) {
    let root = format!("http://127.0.0.1:{}", kanta.address().port());
    let settings = ReferenceSettings { seed: SEED, ..settings(&root, identities, Setup::default()) };
    let system = start_reference(settings).await.expect("reference system");
    let front = Front::start(system.address, liar).await;
    (system, front)
}

fn lane(kanta: RunningKanta, identities: &Identities, evidence: &EvidenceLog, front: &Front) -> Lane {
    kanta.grant_register_access(ORGANISATION, ORGANISER).expect("register access");
    let driver = HttpDriverSettings {
        address: format!("http://{}", front.address),
        action_time: Duration::from_secs(60),
        answer_time: Duration::from_secs(60),
        authorities: Vec::new(),
    };
    let rules = Rules {
        profile: Arc::new(PROFILE.clone()),
        catalogue: Arc::clone(&CATALOGUE),
        schemas: DocumentSchemas::built_in(),
        trust: trust(identities),
        strictness: Strictness::Every,
        audience: kanta.audience(),
        seed: SEED,
    };
    Lane {
        name: String::new(),
        kanta: Arc::new(kanta),
        driver: HttpDriver::new(driver).expect("driver"),
        use_log: LogSource::Driver,
        evidence: evidence.of_lane(""),
        rules: Arc::new(rules),
    }
}

fn plans(wanted: &[&str]) -> Vec<Plan> {
    let controllers =
        Controllers { own: ORGANISATION.to_owned(), other: OTHER.to_owned(), organiser: ORGANISER.to_owned() };
    let unknown: Vec<_> = wanted.iter().filter(|id| !SCENARIOS.iter().any(|one| one.id == **id)).collect();
    assert!(unknown.is_empty(), "no such scenarios: {unknown:?}");
    let all = plan_all(&SCENARIOS, SEED, &controllers);
    all.into_iter().filter(|plan| wanted.is_empty() || wanted.contains(&plan.scenario.id.as_str())).collect()
}

fn header() -> RunHeader {
    let started = jiff::Timestamp::now();
    RunHeader {
        harness: String::new(),
        profile: PROFILE.title(),
        differences: None,
        validity: ProfileValidity::on(PROFILE.validity, jiff::civil::date(2027, 1, 15)),
        profile_digest: String::new(),
        suite_digest: String::new(),
        configuration_digest: String::new(),
        system: SystemFacts::default(),
        driver: "http".to_owned(),
        seed: SEED,
        strictness: Strictness::Every,
        tls: false,
        selection: Selection::default(),
        started,
    }
}

/// A liar: its name, what it does, what stands between it and Kanta, and the scenarios that it is tried on.
pub type Row = (String, Liar, Option<Between>, Vec<&'static str>);

/// How many run side by side.
const BESIDE: usize = 4;

/// The scenarios that ask for an action.
pub fn scenarios_with(action: kantakoe::scenario::Action) -> Vec<&'static str> {
    let asks = |one: &&Scenario| one.steps.iter().any(|step| step.action == action) && is_played_without_tls(one);
    SCENARIOS.iter().filter(asks).map(|one| one.id.as_str()).collect()
}

fn is_played_without_tls(scenario: &Scenario) -> bool {
    !scenario
        .steps
        .iter()
        .any(|step| step.fault.as_ref().is_some_and(|fault| fault.fault.name().ends_with("certificate")))
}

/// Runs each liar, some side by side, and gives what each came to, in order.
pub async fn run_each(rows: Vec<Row>) -> Vec<(String, Ended)> {
    let places = Arc::new(tokio::sync::Semaphore::new(BESIDE));
    let started: Vec<_> = rows
        .into_iter()
        .map(|(name, liar, between, scenarios)| {
            let places = Arc::clone(&places);
            tokio::spawn(async move {
                let _place = places.acquire_owned().await.expect("place");
                (name, run(&scenarios, liar, between.as_ref()).await)
            })
        })
        .collect();
    let mut all = Vec::new();
    for one in started {
        all.push(one.await.expect("run"));
    }
    all
}

/// Asserts that no scenario of any of them passes, and no run.
pub async fn all_caught(rows: Vec<Row>) {
    let mut missed = Vec::new();
    for (name, ended) in run_each(rows).await {
        let scenarios = ended.result.scenarios.iter();
        let passed = scenarios.filter(|one| matches!(one.outcome, Outcome::Pass | Outcome::Warning));
        let passed: Vec<&str> = passed.map(|one| one.id.as_str()).collect();
        // Where nothing arrives at all, the doctor says so and no scenario is run.
        let is_found = match ended.result.outcome {
            Outcome::Fail => !ended.result.scenarios.is_empty(),
            Outcome::Configuration => ended.result.scenarios.is_empty(),
            _ => false,
        };
        if !passed.is_empty() || !is_found {
            missed.push(format!("{name}: {:?}, passed {passed:?}", ended.result.outcome));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}
