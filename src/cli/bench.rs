//! `kantakoe bench`: the endpoint's rate for signed messages beside a bare handler that only parses them,
//! and the harness's own time for one exchange.
//!
//! Both are called by the same load generator with the same messages on the same processors, so that the
//! ratio holds on any machine; the times do not. The load generator's own work counts on both sides.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::json;
use tokio::task::JoinSet;

use super::args::BenchArguments;
use super::bench_load::{BARE_PASSES, CALLERS, Call, Comparison, ROUNDS, bare_handler, load};
use super::bench_memory;
use super::bench_notices;
use super::bench_start;
use super::console::{say, tell};
use super::exit_code::ExitCode;
use super::library;
use super::run_parts::{endpoint_settings, trust};
use super::run_system::{pem_texts, settings_for};
use super::stopped::Stopped;
use crate::configuration::TlsChoice;
use crate::domain::Hetu;
use crate::driver::{HttpDriver, HttpDriverSettings};
use crate::evidence::{Body, Caller, Entry, Journal, Listener};
use crate::kanta::{Kanta, RunningKanta, Settings};
use crate::pki::Identities;
use crate::pki::built_in::{self, ORGANISATION};
use crate::profile::Profile;
use crate::reference::{self, Variant};
use crate::rule::archive::{self, ArchiveContext};
use crate::rule::{Catalogue, Strictness};
use crate::run::EvidenceLog;
use crate::schema::DocumentSchemas;
use crate::state::UnknownArchive;
use crate::wire::mime;
use crate::wire::trust::TrustAnchors;
use crate::wire::xml::ReadLimits;

const PATIENCE: Duration = Duration::from_secs(60);

/// What every measurement needs.
pub(super) struct Bench {
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) profile: Arc<Profile>,
    pub(super) identities: Identities,
    trust: TrustAnchors,
}

/// An endpoint with the folder of its evidence.
pub(super) struct Endpoint {
    pub(super) kanta: RunningKanta,
    _folder: tempfile::TempDir,
}

/// Measures and prints.
///
/// # Errors
/// What is in the way on this machine, or a message that was refused.
pub(super) async fn bench(arguments: BenchArguments) -> Result<ExitCode, Stopped> {
    let number = arguments.messages.max(CALLERS as u32);
    let text = match (arguments.log_entries, arguments.documents) {
        (Some(entries), _) => super::bench_log::measure(entries)?,
        (None, Some(documents)) => super::bench_archive::measure(documents).await?,
        _ if arguments.exchanges > 0 => bench_memory::measure(arguments.exchanges).await?,
        _ if arguments.notices => bench_notices::measure(number).await?,
        _ => measure(number).await?,
    };
    say(text.trim_end());
    Ok(ExitCode::Pass)
}

async fn measure(number: u32) -> Result<String, Stopped> {
    let bench = Bench::new()?;
    tell(&format!("making {number} signed messages"));
    let messages = bench.messages(number).await?;
    let mut rounds = Vec::new();
    for round in 1..=ROUNDS {
        tell(&format!("round {round} of {ROUNDS}"));
        rounds.push(bench.round(&messages).await?);
    }
    rounds.sort_by(|one, other| one.rates.ratio().total_cmp(&other.rates.ratio()));
    let middle = &rounds[ROUNDS / 2];
    Ok(format!("{}{}\n{}", middle.rates, bench.one_exchange(&messages, middle), bench_start::measure().await?))
}

/// How both did in one round.
struct Round {
    rates: Comparison,
    /// Median time from the arrival of a message to its answer.
    handling: Duration,
}

impl Bench {
    pub(super) fn new() -> Result<Self, Stopped> {
        let identities = built_in::issue(ORGANISATION, &[], Timestamp::now()).map_err(Stopped::configuration)?;
        Ok(Self {
            catalogue: Arc::new(library::catalogue().map_err(Stopped::usage)?),
            profile: Arc::new(Profile::read(&Profile::built_in()).map_err(Stopped::usage)?),
            trust: trust(&identities, None)?,
            identities,
        })
    }

    /// An endpoint whose evidence is on disk, and told to `listener`.
    pub(super) async fn endpoint(&self, listener: Listener) -> Result<Endpoint, Stopped> {
        self.endpoint_at(SocketAddr::from(([127, 0, 0, 1], 0)), listener).await
    }

    /// The same at this address.
    pub(super) async fn endpoint_at(&self, bind: SocketAddr, listener: Listener) -> Result<Endpoint, Stopped> {
        let folder = tempfile::tempdir().map_err(Stopped::configuration)?;
        let mut settings = self.settings(&folder, listener)?;
        settings.bind = bind;
        let kanta = Kanta::start(settings).await.map_err(Stopped::configuration)?;
        Ok(Endpoint { kanta, _folder: folder })
    }

    /// The same whose archive is a file, with nobody to hear of its evidence.
    pub(super) async fn endpoint_with_state(&self) -> Result<Endpoint, Stopped> {
        let folder = tempfile::tempdir().map_err(Stopped::configuration)?;
        let mut settings = self.settings(&folder, Box::new(|_| {}))?;
        settings.state = Some(folder.path().to_owned());
        let kanta = Kanta::start(settings).await.map_err(Stopped::configuration)?;
        Ok(Endpoint { kanta, _folder: folder })
    }

    /// Settings of an endpoint whose evidence is in this folder.
    fn settings(&self, folder: &tempfile::TempDir, listener: Listener) -> Result<Settings, Stopped> {
        let journal = Journal::create(&folder.path().join("journal"), Some(listener));
        let journal = journal.map_err(Stopped::configuration)?;
        let parts = (Arc::clone(&self.profile), Arc::clone(&self.catalogue), self.trust.clone());
        let settings = endpoint_settings(TlsChoice::Off, &self.identities, parts, Arc::new(journal))?;
        Ok(Settings { strictness: Strictness::Warn, ..settings })
    }

    /// Signed store messages as the reference system sends them, each with a document of its own.
    async fn messages(&self, number: u32) -> Result<Arc<Vec<Call>>, Stopped> {
        let evidence = EvidenceLog::default();
        let endpoint = self.endpoint(evidence.listener()).await?;
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
        let messages = calls(&evidence);
        endpoint.kanta.stop().await;
        Ok(Arc::new(messages))
    }

    async fn round(&self, messages: &Arc<Vec<Call>>) -> Result<Round, Stopped> {
        let bare = load(&bare_handler(parse).await?, messages, BARE_PASSES, None).await?;
        let times = Times::default();
        let endpoint = self.endpoint(times.listener()).await?;
        let full = load(&endpoint.kanta.archive_url(), messages, 1, Some("code=\"AA\"")).await?;
        endpoint.kanta.stop().await;
        let rates =
            Comparison { what: "signed messages", bare_does: "parses (frame, package and document)", bare, full };
        Ok(Round { rates, handling: median(times.into_list()) })
    }

    fn one_exchange(&self, messages: &[Call], round: &Round) -> String {
        let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
        let (handling, judging) = (milliseconds(round.handling), milliseconds(self.judging(messages)));
        format!(
            "one exchange: {handling:.2} ms from arrival to answer under this load, {judging:.2} ms to judge \
             (medians; budget 5 ms together)"
        )
    }

    /// Median time to read and judge one message again, as the judge does.
    fn judging(&self, messages: &[Call]) -> Duration {
        let (schemas, caller) = (DocumentSchemas::built_in(), Caller::default());
        let limits = ReadLimits { bytes: self.profile.limits.body_bytes, depth: self.profile.limits.depth };
        let context = ArchiveContext {
            profile: &self.profile,
            catalogue: &self.catalogue,
            strictness: Strictness::Warn,
            schemas: &schemas,
            trust: &self.trust,
            caller: &caller,
            known: &UnknownArchive,
            now: Timestamp::now(),
        };
        let time = |message: &Call| {
            let started = Instant::now();
            let findings = archive::judge(&archive::read(&message.body, &limits), &context, None);
            std::hint::black_box(findings);
            started.elapsed()
        };
        median(messages.iter().map(time).collect())
    }
}

/// What the bare handler does: parses the message, and the document that it carries.
fn parse(body: &[u8]) -> usize {
    let text = std::str::from_utf8(body).unwrap_or_default();
    let Ok(message) = roxmltree::Document::parse(text) else { return 0 };
    let carrier = message.descendants().find(|node| node.attribute("mediaType") == Some("multipart/related"));
    let package = carrier.and_then(|node| STANDARD.decode(node.text()?).ok()).unwrap_or_default();
    let document = mime::unpack(&package).unwrap_or_default();
    let document = std::str::from_utf8(&document).unwrap_or_default();
    let elements = roxmltree::Document::parse(document).map_or(0, |tree| tree.descendants().count());
    message.descendants().count() + elements
}

/// The driver of a system at `address`.
pub(super) fn driver(address: &str) -> Result<HttpDriver, Stopped> {
    let address = format!("http://{address}");
    let settings =
        HttpDriverSettings { address, action_time: PATIENCE, answer_time: PATIENCE, authorities: Vec::new() };
    HttpDriver::new(settings).map_err(Stopped::configuration)
}

async fn store(driver: &HttpDriver, numbers: impl Iterator<Item = usize>) -> Result<(), Stopped> {
    for number in numbers {
        let code = know(driver, number).await?;
        let parameters = json!({ "client": code, "marker": format!("KOE-{number}") });
        let stored = driver.perform("store-client-relationship", &parameters, &format!("store-{number}")).await;
        stored.map_err(Stopped::configuration)?;
    }
    Ok(())
}

/// Makes the system know a person, whose identity code it gives.
pub(super) async fn know(driver: &HttpDriver, number: usize) -> Result<String, Stopped> {
    let code = person(number)?;
    let parameters = json!({ "person": {
        "identity-code": code, "family-name": "Koetin", "given-names": ["Testi"],
        "birth-date": code.parse::<Hetu>().map_err(Stopped::configuration)?.birth_date().to_string(),
        "gender": if number.is_multiple_of(2) { "female" } else { "male" },
    }});
    driver.perform("know-client", &parameters, &format!("know-{number}")).await.map_err(Stopped::configuration)?;
    Ok(code)
}

/// A person of the 900 series; even numbers are women.
pub(super) fn person(number: usize) -> Result<String, Stopped> {
    let days = i32::try_from(number / 100).unwrap_or(0);
    let individual = 900 + u16::try_from(number % 100).unwrap_or(0);
    let date = jiff::civil::date(1950, 1, 1).saturating_add(jiff::Span::new().days(days));
    Ok(Hetu::compose(date, individual).map_err(Stopped::configuration)?.as_str().to_owned())
}

/// The accepted requests in the evidence, with the headers that the load sends again.
pub(super) fn calls(evidence: &EvidenceLog) -> Vec<Call> {
    let is_sent = |(name, _): &(String, String)| {
        matches!(name.as_str(), "content-type" | "authorization" | "x-request-id" | "soapaction")
    };
    let call = |entry: &Arc<Entry>| match &**entry {
        Entry::Exchange(exchange) if exchange.accepted => match &exchange.request.body {
            Body::Raw(body) => {
                let headers = exchange.request.headers.iter().filter(|header| is_sent(header)).cloned().collect();
                Some(Call { headers, body: body.clone() })
            }
            Body::Withheld { .. } => None,
        },
        _ => None,
    };
    evidence.entries().iter().filter_map(call).collect()
}

/// Times from arrival to answer. Clones share them.
#[derive(Clone, Default)]
struct Times(Arc<Mutex<Vec<Duration>>>);

impl Times {
    fn listener(&self) -> Listener {
        let times = self.clone();
        Box::new(move |entry| {
            if let Entry::Exchange(exchange) = &**entry {
                let time = Duration::try_from(exchange.answered.duration_since(exchange.received));
                times.lock().extend(time.ok());
            }
        })
    }

    fn into_list(self) -> Vec<Duration> {
        std::mem::take(&mut *self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Duration>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
