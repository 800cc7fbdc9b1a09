//! The load generator of the benchmark, and the bare handler to compare with.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use super::stand::Stopped;

/// How often both are measured.
pub const ROUNDS: usize = 3;
/// The bare handler gets every message so many times, or its part would be too short to be measured.
pub const BARE_PASSES: usize = 5;
/// Callers at the same time.
pub const CALLERS: usize = 8;

/// How a handler did under load.
pub struct Load {
    /// Messages a second.
    pub rate: f64,
    /// Processor time of the whole process for one message, where the system tells it.
    pub processor: Option<Duration>,
}

/// One request of the load.
pub struct Call {
    /// Its headers.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
}

/// How an endpoint did beside a bare handler.
pub struct Comparison {
    /// What they were sent.
    pub what: &'static str,
    /// What the bare handler does.
    pub bare_does: &'static str,
    /// The bare handler.
    pub bare: Load,
    /// The endpoint.
    pub full: Load,
}

impl Comparison {
    /// Rate of the endpoint, the bare handler's being 1.
    pub fn ratio(&self) -> f64 {
        self.full.rate / self.bare.rate
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (full, bare) = (self.full.rate, self.bare.rate);
        writeln!(out, "endpoint: {full:.0} {} a second, all checks on, evidence on disk", self.what)?;
        writeln!(out, "bare handler that only {} them: {bare:.0} a second", self.bare_does)?;
        writeln!(out, "ratio: {:.2} (the median of {ROUNDS} rounds; budget 0.33, aim 0.50)", self.ratio())?;
        if let (Some(full), Some(bare)) = (self.full.processor, self.bare.processor) {
            let (full, bare) = (full.as_micros(), bare.as_micros());
            writeln!(out, "processor time of each: endpoint {full} us, bare {bare} us, the caller's included")?;
        }
        Ok(())
    }
}

/// Sends every message `passes` times. Every answer must hold `accepted`, where it is given, or the
/// figures mean nothing.
pub async fn load(
    url: &str,
    messages: &Arc<Vec<Call>>,
    passes: usize,
    accepted: Option<&'static str>,
) -> Result<Load, Stopped> {
    let client = client()?;
    let (started, before) = (Instant::now(), processor_time());
    let mut tasks = JoinSet::new();
    for caller in 0..CALLERS {
        let (client, messages, url) = (client.clone(), Arc::clone(messages), url.to_owned());
        tasks.spawn(async move {
            let own = || messages.iter().skip(caller).step_by(CALLERS);
            send(&client, &url, (0..passes).flat_map(|_| own()), accepted).await
        });
    }
    while let Some(ended) = tasks.join_next().await {
        ended??;
    }
    let sent = messages.len() * passes;
    let processor = before.zip(processor_time()).map(|(before, after)| (after - before).div_f64(sent as f64));
    Ok(Load { rate: sent as f64 / started.elapsed().as_secs_f64(), processor })
}

/// A caller over plain HTTP.
pub fn client() -> Result<reqwest::Client, Stopped> {
    let tls = kantakoe::driver::tls(&[]).map_err(|error| error.to_string())?;
    Ok(reqwest::Client::builder().no_proxy().tls_backend_preconfigured(tls).build()?)
}

/// Processor time of this process so far, as Linux tells it in hundredths of a second (proc(5)).
pub fn processor_time() -> Option<Duration> {
    let status = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = status.rsplit_once(')')?;
    let ticks: Vec<u64> = fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
    Some(Duration::from_millis(ticks.iter().sum::<u64>() * 10))
}

async fn send(
    client: &reqwest::Client,
    url: &str,
    messages: impl Iterator<Item = &Call>,
    accepted: Option<&str>,
) -> Result<(), Stopped> {
    for message in messages {
        send_one(client, url, message, accepted).await?;
    }
    Ok(())
}

/// Sends one message, whose answer must hold `accepted`, where it is given.
pub async fn send_one(
    client: &reqwest::Client,
    url: &str,
    message: &Call,
    accepted: Option<&str>,
) -> Result<(), Stopped> {
    let mut request = client.post(url).body(message.body.clone());
    for (name, value) in &message.headers {
        request = request.header(name, value);
    }
    let answer = request.send().await?;
    let text = answer.text().await?;
    if accepted.is_some_and(|sign| !text.contains(sign)) {
        return Err(format!("a message of the benchmark was refused: {text}").into());
    }
    Ok(())
}

/// A handler that does with the bytes that come what `work` does, and nothing else. It ends with the
/// program.
pub async fn bare_handler(work: fn(&[u8]) -> usize) -> Result<String, Stopped> {
    let answer = move |body: axum::body::Bytes| async move { work(&body).to_string() };
    let router = axum::Router::new().route("/", axum::routing::post(answer));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(format!("http://{address}/"))
}
