//! The endpoint's rate for signed messages beside a bare handler that only parses them, and the harness's own time for
//! one exchange.
//!
//! Both are called by the same load generator with the same messages on the same processors, so that the
//! ratio holds on any machine; the times do not. The load generator's own work counts on both sides.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use kantakoe::driver::HttpDriver;
use kantakoe::evidence::{Caller, Entry, Listener};
use kantakoe::reading;
use kantakoe::rule::Strictness;
use kantakoe::rule::message::{self as message_rules, ArchiveContext};
use kantakoe::run::EvidenceLog;
use kantakoe::schema::DocumentSchemas;
use kantakoe::state::UnknownArchive;
use kantakoe::wire::mime;
use kantakoe::wire::xml::ReadLimits;
use serde_json::json;
use tokio::task::JoinSet;

use super::load::{BARE_PASSES, CALLERS, Call, Comparison, ROUNDS, bare_handler, load};
use super::print::tell;
use super::stand::{Bench, Stopped, calls, know};
use super::times::share;

/// Sends so many messages, and says what came out.
pub async fn measure(number: u32) -> Result<String, Stopped> {
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
    Ok(format!("{}{}", middle.rates, bench.one_exchange(&messages, middle)))
}

/// How both did in one round.
struct Round {
    rates: Comparison,
    /// Median time from the arrival of a message to its answer.
    handling: Duration,
}

impl Bench {
    /// Signed store messages as the reference system sends them, each with a document of its own.
    async fn messages(&self, number: u32) -> Result<Arc<Vec<Call>>, Stopped> {
        let evidence = EvidenceLog::default();
        let endpoint = self.endpoint(evidence.listener()).await?;
        let (running, driver) = self.reference(&endpoint.kanta).await?;
        let mut tasks = JoinSet::new();
        for caller in 0..CALLERS {
            let driver = driver.clone();
            tasks.spawn(async move { store(&driver, (caller..number as usize).step_by(CALLERS)).await });
        }
        while let Some(ended) = tasks.join_next().await {
            ended??;
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
            let findings = message_rules::judge(&reading::read(&message.body, &limits), &context, None);
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

async fn store(driver: &HttpDriver, numbers: impl Iterator<Item = usize>) -> Result<(), Stopped> {
    for number in numbers {
        let code = know(driver, number).await?;
        let parameters = json!({ "client": code, "marker": format!("KOE-{number}") });
        let stored = driver.perform("store-client-relationship", &parameters, &format!("store-{number}")).await;
        stored?;
    }
    Ok(())
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
    share(&times, 0.5)
}
