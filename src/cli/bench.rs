//! `kantakoe bench`: the endpoint's rate for signed messages beside a bare handler that only parses them,
//! and the harness's own time for one exchange.
//!
//! Both are called by the same load generator on the same processors, so that the ratio holds on any
//! machine; the times do not.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::json;
use tokio::task::JoinSet;

use super::args::BenchArguments;
use super::configuration::TlsChoice;
use super::console::{say, tell};
use super::exit_code::ExitCode;
use super::identities::{self, ORGANISATION};
use super::library;
use super::run::Stopped;
use super::run_parts::{endpoint_settings, trust};
use super::run_system::{pem_texts, settings_for};
use crate::domain::Hetu;
use crate::driver::{HttpDriver, HttpDriverSettings};
use crate::evidence::{Body, Caller, Entry, Journal};
use crate::kanta::{Kanta, RunningKanta};
use crate::pki::Identities;
use crate::profile::Profile;
use crate::reference::{self, Variant};
use crate::rule::archive::{self, ArchiveContext, NotAsked};
use crate::rule::{Catalogue, Strictness};
use crate::run::EvidenceLog;
use crate::schema::DocumentSchemas;
use crate::wire::trust::TrustAnchors;
use crate::wire::xml::ReadLimits;

const ROUNDS: usize = 3;
const CALLERS: usize = 8;
const PATIENCE: Duration = Duration::from_secs(60);

struct Bench {
    catalogue: Arc<Catalogue>,
    profile: Arc<Profile>,
    identities: Identities,
    trust: TrustAnchors,
}

struct Endpoint {
    kanta: RunningKanta,
    evidence: EvidenceLog,
    _folder: tempfile::TempDir,
}

/// Measures and prints.
pub(super) async fn bench(arguments: BenchArguments) -> ExitCode {
    match measure(arguments.messages.max(CALLERS as u32)).await {
        Ok(text) => {
            say(&text);
            ExitCode::Pass
        }
        Err(Stopped(code, text)) => {
            tell(text.trim_end());
            code
        }
    }
}

async fn measure(number: u32) -> Result<String, Stopped> {
    let bench = Bench::new()?;
    tell(&format!("making {number} signed messages"));
    let messages = bench.messages(number).await?;
    let mut ratios = Vec::new();
    let (mut endpoint_rate, mut bare_rate) = (0.0, 0.0);
    let mut handling = Duration::ZERO;
    for round in 1..=ROUNDS {
        tell(&format!("round {round} of {ROUNDS}"));
        let bare = rate(&bare_handler().await?, &messages, false).await?;
        let endpoint = bench.endpoint().await?;
        let full = rate(&endpoint.kanta.archive_url(), &messages, true).await?;
        handling = median(times(&endpoint.evidence));
        endpoint.kanta.stop().await;
        ratios.push(full / bare);
        (endpoint_rate, bare_rate) = (full, bare);
    }
    ratios.sort_by(f64::total_cmp);
    let judging = bench.judging(&messages);
    Ok(format!(
        "endpoint: {endpoint_rate:.0} signed messages a second, all checks on, evidence on disk\n\
         bare handler that only parses them: {bare_rate:.0} a second\n\
         ratio: {:.2} (median of {ROUNDS} rounds; budget 0.33, aim 0.50)\n\
         one exchange: {:.2} ms from arrival to answer under this load, {:.2} ms to judge (medians; budget 5 ms together)",
        ratios[ROUNDS / 2],
        handling.as_secs_f64() * 1000.0,
        judging.as_secs_f64() * 1000.0,
    ))
}

impl Bench {
    fn new() -> Result<Self, Stopped> {
        let identities = identities::issue(ORGANISATION, &[], Timestamp::now()).map_err(Stopped::configuration)?;
        Ok(Self {
            catalogue: Arc::new(library::catalogue().map_err(Stopped::usage)?),
            profile: Arc::new(Profile::read(&Profile::built_in()).map_err(Stopped::usage)?),
            trust: trust(&identities, None)?,
            identities,
        })
    }

    async fn endpoint(&self) -> Result<Endpoint, Stopped> {
        let folder = tempfile::tempdir().map_err(Stopped::configuration)?;
        let evidence = EvidenceLog::default();
        let journal = journal(folder.path(), &evidence)?;
        let parts = (Arc::clone(&self.profile), Arc::clone(&self.catalogue), self.trust.clone());
        let mut settings = endpoint_settings(TlsChoice::Off, &self.identities, parts, Arc::new(journal))?;
        settings.strictness = Strictness::Warn;
        let kanta = Kanta::start(settings).await.map_err(Stopped::configuration)?;
        Ok(Endpoint { kanta, evidence, _folder: folder })
    }

    /// Signed store messages as the reference system sends them, each with a document of its own.
    async fn messages(&self, number: u32) -> Result<Arc<Vec<Vec<u8>>>, Stopped> {
        let endpoint = self.endpoint().await?;
        let urls = (endpoint.kanta.archive_url(), endpoint.kanta.fhir_url());
        let settings = settings_for(urls, pem_texts(&self.identities), ORGANISATION, (None, Variant::default()), 1);
        let running = reference::start(settings).await.map_err(Stopped::configuration)?;
        let driver = driver(&running.address.to_string())?;
        let mut tasks = JoinSet::new();
        for caller in 0..CALLERS {
            let driver = driver.clone();
            tasks.spawn(async move { store(&driver, (caller..number as usize).step_by(CALLERS)).await });
        }
        while let Some(ended) = tasks.join_next().await {
            ended.map_err(Stopped::configuration)??;
        }
        running.stop().await;
        let messages = bodies(&endpoint.evidence);
        endpoint.kanta.stop().await;
        Ok(Arc::new(messages))
    }

    /// Median time to read and judge one message again, as the judge does.
    fn judging(&self, messages: &[Vec<u8>]) -> Duration {
        let (schemas, caller) = (DocumentSchemas::built_in(), Caller::default());
        let limits = ReadLimits { bytes: self.profile.limits.body_bytes, depth: self.profile.limits.depth };
        let context = ArchiveContext {
            profile: &self.profile,
            catalogue: &self.catalogue,
            strictness: Strictness::Warn,
            schemas: &schemas,
            trust: &self.trust,
            caller: &caller,
            known: &NotAsked,
            now: Timestamp::now(),
        };
        let time = |message: &Vec<u8>| {
            let started = Instant::now();
            let findings = archive::judge(&archive::read(message, &limits), &context, None);
            std::hint::black_box(findings);
            started.elapsed()
        };
        median(messages.iter().map(time).collect())
    }
}

fn journal(folder: &Path, evidence: &EvidenceLog) -> Result<Journal, Stopped> {
    Journal::create(&folder.join("journal"), Some(evidence.listener())).map_err(Stopped::configuration)
}

fn driver(address: &str) -> Result<HttpDriver, Stopped> {
    let address = format!("http://{address}");
    let settings =
        HttpDriverSettings { address, action_time: PATIENCE, answer_time: PATIENCE, authorities: Vec::new() };
    HttpDriver::new(settings).map_err(Stopped::configuration)
}

async fn store(driver: &HttpDriver, numbers: impl Iterator<Item = usize>) -> Result<(), Stopped> {
    for number in numbers {
        let code = person(number)?;
        let parameters = json!({ "person": {
            "identity-code": code, "family-name": "Koetin", "given-names": ["Testi"],
            "birth-date": code.parse::<Hetu>().map_err(Stopped::configuration)?.birth_date().to_string(),
            "gender": if number.is_multiple_of(2) { "female" } else { "male" },
        }});
        driver.perform("know-client", &parameters, &format!("know-{number}")).await.map_err(Stopped::configuration)?;
        let parameters = json!({ "client": code, "marker": format!("KOE-{number}") });
        let stored = driver.perform("store-client-relationship", &parameters, &format!("store-{number}")).await;
        stored.map_err(Stopped::configuration)?;
    }
    Ok(())
}

/// A person of the 900 series; even numbers are women.
fn person(number: usize) -> Result<String, Stopped> {
    let days = i32::try_from(number / 100).unwrap_or(0);
    let individual = 900 + u16::try_from(number % 100).unwrap_or(0);
    let date = jiff::civil::date(1950, 1, 1).saturating_add(jiff::Span::new().days(days));
    Ok(Hetu::compose(date, individual).map_err(Stopped::configuration)?.as_str().to_owned())
}

fn bodies(evidence: &EvidenceLog) -> Vec<Vec<u8>> {
    let body = |entry: &Arc<Entry>| match &**entry {
        Entry::Exchange(exchange) if exchange.accepted => match &exchange.request.body {
            Body::Raw(bytes) => Some(bytes.clone()),
            Body::Withheld { .. } => None,
        },
        _ => None,
    };
    evidence.entries().iter().filter_map(body).collect()
}

fn times(evidence: &EvidenceLog) -> Vec<Duration> {
    let time = |entry: &Arc<Entry>| match &**entry {
        Entry::Exchange(exchange) => Duration::try_from(exchange.answered.duration_since(exchange.received)).ok(),
        _ => None,
    };
    evidence.entries().iter().filter_map(time).collect()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Messages a second. With `accepted`, every answer must be an acceptance, or the figure means nothing.
async fn rate(url: &str, messages: &Arc<Vec<Vec<u8>>>, accepted: bool) -> Result<f64, Stopped> {
    let client = reqwest::Client::builder()
        .no_proxy()
        .tls_backend_preconfigured(crate::driver::tls(&[]).map_err(Stopped::configuration)?)
        .build()
        .map_err(Stopped::configuration)?;
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for caller in 0..CALLERS {
        let (client, messages, url) = (client.clone(), Arc::clone(messages), url.to_owned());
        tasks.spawn(async move { send(&client, &url, messages.iter().skip(caller).step_by(CALLERS), accepted).await });
    }
    while let Some(ended) = tasks.join_next().await {
        ended.map_err(Stopped::configuration)??;
    }
    Ok(messages.len() as f64 / started.elapsed().as_secs_f64())
}

async fn send(
    client: &reqwest::Client,
    url: &str,
    messages: impl Iterator<Item = &Vec<u8>>,
    accepted: bool,
) -> Result<(), Stopped> {
    for message in messages {
        let request = client.post(url).header("content-type", "text/xml; charset=utf-8").body(message.clone());
        let answer = request.send().await.map_err(Stopped::configuration)?;
        let text = answer.text().await.map_err(Stopped::configuration)?;
        if accepted && !text.contains("code=\"AA\"") {
            return Err(Stopped(ExitCode::Error, format!("error: a message of the benchmark was refused: {text}")));
        }
    }
    Ok(())
}

/// A handler that parses what comes and does nothing else. It ends with the program.
async fn bare_handler() -> Result<String, Stopped> {
    let parse = |body: axum::body::Bytes| async move {
        let text = std::str::from_utf8(&body).unwrap_or("");
        roxmltree::Document::parse(text).map_or(0, |tree| tree.descendants().count()).to_string()
    };
    let router = axum::Router::new().route("/", axum::routing::post(parse));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.map_err(Stopped::configuration)?;
    let address = listener.local_addr().map_err(Stopped::configuration)?;
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(format!("http://{address}/"))
}
