//! `--exchanges`: whether memory stays flat over many exchanges, with evidence on disk.
//!
//! The message is a small one, a search for metadata, sent again and again with an identifier of its own each time.
//! The callers run in the same process, so that their memory counts too.

use std::ops::Range;
use std::sync::Arc;

use serde_json::json;
use tokio::task::JoinSet;

use super::load::{CALLERS, Call, client, send_one};
use super::print::tell;
use super::stand::{Bench, Endpoint, Stopped, calls, know};
use kantakoe::evidence::Entry;
use kantakoe::run::EvidenceLog;

/// How often memory is looked at.
const POINTS: u64 = 10;
/// What stands in an answer to a search that was accepted.
const ANSWERED: &str = "code=\"AA\"";
const MIB: f64 = 1024.0 * 1024.0;

/// The message that is sent, and the extension of its identifier.
struct Template {
    call: Call,
    extension: String,
}

/// Sends so many messages, and says what memory was resident on the way.
pub async fn measure(number: u64) -> Result<String, Stopped> {
    let bench = Bench::new()?;
    let template = Arc::new(template(&bench).await?);
    let endpoint = bench.endpoint(Box::new(|_| {})).await?;
    let step = number.div_ceil(POINTS).max(1);
    let mut points: Vec<(u64, u64)> = Vec::new();
    for sent in (0..number).step_by(usize::try_from(step).unwrap_or(usize::MAX)) {
        let until = (sent + step).min(number);
        send(&endpoint, &template, sent..until).await?;
        let resident = resident().ok_or("this system does not tell its memory")?;
        tell(&format!("{until:>9} exchanges: {:.1} MiB resident", resident as f64 / MIB));
        points.push((until, resident));
    }
    Ok(told(&points, &template))
}

/// What the points say. The first one is left out of the growth: until then caches fill.
fn told(points: &[(u64, u64)], template: &Template) -> String {
    let most = points.iter().map(|(_, resident)| *resident).max().unwrap_or(0);
    let growth = match (points.first(), points.last()) {
        (Some((first, before)), Some((last, after))) if last > first => {
            (*after as f64 - *before as f64) / (last - first) as f64
        }
        _ => 0.0,
    };
    format!(
        "{} exchanges of {} bytes, evidence on disk\n\
         most memory: {:.1} MiB resident, the callers' included (budget 100 MiB)\n\
         growth after the first tenth: {growth:.1} bytes an exchange (budget: flat)",
        points.last().map_or(0, |(sent, _)| *sent),
        template.call.body.len(),
        most as f64 / MIB,
    )
}

/// A search as the reference system sends it.
async fn template(bench: &Bench) -> Result<Template, Stopped> {
    let evidence = EvidenceLog::default();
    let endpoint = bench.endpoint(evidence.listener()).await?;
    let (running, driver) = bench.reference(&endpoint.kanta).await?;
    let parameters = json!({ "client": know(&driver, 0).await? });
    driver.perform("search-metadata", &parameters, "search").await?;
    running.stop().await;
    endpoint.kanta.stop().await;
    let extension = evidence.entries().iter().find_map(|entry| match &**entry {
        Entry::Exchange(exchange) => exchange.message_id.as_ref()?.rsplit_once(':').map(|(_, own)| own.to_owned()),
        Entry::Action(_) | Entry::UseLog(_) | Entry::Snapshot(_) => None,
    });
    let found = calls(&evidence).pop().zip(extension);
    let (call, extension) = found.ok_or("the reference system sent no search")?;
    Ok(Template { call, extension })
}

/// Sends the messages of these numbers, several callers at once.
async fn send(endpoint: &Endpoint, template: &Arc<Template>, numbers: Range<u64>) -> Result<(), Stopped> {
    let (client, url) = (client()?, endpoint.kanta.archive_url());
    let mut tasks = JoinSet::new();
    for caller in 0..CALLERS {
        let (client, url, template) = (client.clone(), url.clone(), Arc::clone(template));
        let own = numbers.clone().skip(caller).step_by(CALLERS);
        tasks.spawn(async move {
            for number in own {
                send_one(&client, &url, &template.numbered(number), Some(ANSWERED)).await?;
            }
            Ok::<(), Stopped>(())
        });
    }
    while let Some(ended) = tasks.join_next().await {
        ended??;
    }
    Ok(())
}

impl Template {
    /// The message with an identifier of its own, of fifteen digits.
    fn numbered(&self, number: u64) -> Call {
        let text = String::from_utf8_lossy(&self.call.body);
        let attribute = |extension: &str| format!("extension=\"{extension}\"");
        let body = text.replace(&attribute(&self.extension), &attribute(&format!("9{number:014}")));
        Call { headers: self.call.headers.clone(), body: body.into_bytes() }
    }
}

/// Bytes of this process in memory, as Linux tells them (proc(5)).
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let row = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(row.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
}
