//! The load generator of the benchmark, and the bare handler to compare with.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use super::exit_code::ExitCode;
use super::run::Stopped;

/// Callers at the same time.
pub(super) const CALLERS: usize = 8;

/// How a handler did under load.
pub(super) struct Load {
    /// Messages a second.
    pub(super) rate: f64,
    /// Processor time of the whole process for one message, where the system tells it.
    pub(super) processor: Option<Duration>,
}

/// Sends every message `passes` times. With `accepted`, every answer must be an acceptance, or the
/// figures mean nothing.
pub(super) async fn load(
    url: &str,
    messages: &Arc<Vec<Vec<u8>>>,
    passes: usize,
    accepted: bool,
) -> Result<Load, Stopped> {
    let client = reqwest::Client::builder()
        .no_proxy()
        .tls_backend_preconfigured(crate::driver::tls(&[]).map_err(Stopped::configuration)?)
        .build()
        .map_err(Stopped::configuration)?;
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
        ended.map_err(Stopped::configuration)??;
    }
    let sent = messages.len() * passes;
    let processor = before.zip(processor_time()).map(|(before, after)| (after - before).div_f64(sent as f64));
    Ok(Load { rate: sent as f64 / started.elapsed().as_secs_f64(), processor })
}

/// Processor time of this process so far, as Linux tells it in hundredths of a second (proc(5)).
pub(super) fn processor_time() -> Option<Duration> {
    let status = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = status.rsplit_once(')')?;
    let ticks: Vec<u64> = fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
    Some(Duration::from_millis(ticks.iter().sum::<u64>() * 10))
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
pub(super) async fn bare_handler() -> Result<String, Stopped> {
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
