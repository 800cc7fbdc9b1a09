//! `--documents NUMBER`: how long searches take in an archive of so many documents, and how
//! much memory all of it.
//!
//! The archive is a file and is filled by its own store path, as scenarios put documents into it; the
//! reference system writes the queries, and each is sent once more to be timed: from its first byte to the last
//! of its answer, evidence on disk.

use std::time::Instant;

use jiff::Timestamp;
use serde_json::json;

use super::load::Call;
use super::print::tell;
use super::stand::{Bench, Endpoint, ORGANISATION, Stopped, calls, know, person};
use super::times::{milliseconds, share};
use super::use_log::largest_memory;
use kantakoe::domain::{Gender, Hetu, Person};
use kantakoe::kanta::{Party, PlantedDocument, PlantedKind};
use kantakoe::run::EvidenceLog;

/// Documents of one client, the client relationship and the matter included.
const OF_CLIENT: usize = 50;
/// Clients who are asked for.
const ASKED: usize = 200;
/// How often each query is sent.
const PASSES: usize = 5;
/// Each kind of query: the action that makes the reference system send it, and what it is called.
const KINDS: [(&str, &str); 3] = [
    ("search-metadata", "metadata search"),
    ("search-documents", "search with content"),
    ("search-summary", "summary"),
];
/// Code of the service task of most documents.
const SERVICE_TASK: &str = "24";

/// Measures, and says what came out.
pub async fn measure(documents: u32) -> Result<String, Stopped> {
    let bench = Bench::new()?;
    let clients = (documents as usize).div_ceil(OF_CLIENT).max(1);
    tell(&format!("filling the archive with {documents} documents of {clients} clients"));
    let endpoint = bench.endpoint_with_state().await?;
    let started = Instant::now();
    (0..documents as usize).try_for_each(|number| plant(&endpoint, number))?;
    let filled = started.elapsed();
    let rate = f64::from(documents) / filled.as_secs_f64();
    let mut text = format!(
        "archive: {documents} documents of {clients} clients, filled in {:.1} s ({rate:.0} a second)\n",
        filled.as_secs_f64()
    );
    for (action, name) in KINDS {
        tell(&format!("{name}: {ASKED} clients, {PASSES} times each"));
        let queries = queries(&bench, action, clients).await?;
        text += &timed(&endpoint, &queries, name).await?;
    }
    let memory = largest_memory().map_or_else(|| "?".to_owned(), |kilobytes| (kilobytes / 1024).to_string());
    text += &format!("memory: {memory} MB at most, the caller's and the reference system's included (budget 500 MB)");
    endpoint.kanta.stop().await;
    Ok(text)
}

/// Puts document `number` into the archive. The first of each client is the client relationship, the second the
/// matter, the rest are notes.
fn plant(endpoint: &Endpoint, number: usize) -> Result<(), Stopped> {
    let (client, place) = (number / OF_CLIENT, number % OF_CLIENT);
    let id = |place: usize| format!("1.2.246.10.99999991.95.2026.{client}.{place}");
    let kind = match place {
        0 => PlantedKind::ClientRelationship,
        1 => PlantedKind::Matter { relationship: id(0) },
        _ => PlantedKind::ClientDocument { matter: id(1) },
    };
    let (day, hour) = (i64::try_from(client % 300).unwrap_or(0), i64::try_from(place).unwrap_or(0));
    let document = PlantedDocument {
        id: id(place),
        set_id: id(place),
        version: 1,
        replaces: None,
        kind,
        client: someone(client)?,
        controller: Party { oid: ORGANISATION.0.to_owned(), name: "Näytealue".to_owned() },
        service_task: SERVICE_TASK.to_owned(),
        title: "Merkintä".to_owned(),
        text: format!("Asiakas kävi sovitussa tapaamisessa. {}", "Keskusteltiin tilanteesta. ".repeat(40)),
        effective: Timestamp::from_second(1_770_000_000 + day * 86_400 + hour * 3_600).unwrap_or_default(),
        nullified: false,
    };
    Ok(endpoint.kanta.plant(&document)?)
}

fn someone(number: usize) -> Result<Person, Stopped> {
    let identity_code = person(number)?;
    let hetu: Hetu = identity_code.parse()?;
    let gender = if number.is_multiple_of(2) { Gender::Female } else { Gender::Male };
    let (family_name, given_names) = ("Koetin".to_owned(), vec!["Testi".to_owned()]);
    Ok(Person { identity_code, family_name, given_names, birth_date: hetu.birth_date(), gender })
}

/// Queries about clients all over the archive, as the reference system writes them to an empty one: the evidence of
/// the full one stays on disk.
async fn queries(bench: &Bench, action: &str, clients: usize) -> Result<Vec<Call>, Stopped> {
    let evidence = EvidenceLog::default();
    let endpoint = bench.endpoint_at(([127, 0, 0, 1], 0).into(), evidence.listener()).await?;
    let (running, driver) = bench.reference(&endpoint.kanta).await?;
    for number in 0..ASKED.min(clients) {
        let client = number * clients / ASKED.min(clients);
        let code = know(&driver, client).await?;
        let asked = driver.perform(action, &json!({ "client": code }), &format!("{action}-{number}")).await;
        asked?;
    }
    running.stop().await;
    endpoint.kanta.stop().await;
    Ok(calls(&evidence))
}

/// Sends each query several times, each time as a message of its own, and says how long the answers took.
async fn timed(endpoint: &Endpoint, queries: &[Call], name: &str) -> Result<String, Stopped> {
    let client = super::load::client()?;
    let (mut times, mut bytes) = (Vec::new(), 0);
    for pass in 0..PASSES {
        for query in queries {
            let body = String::from_utf8_lossy(&query.body);
            let body = body.replacen("extension=\"", &format!("extension=\"{pass}-{name}-"), 1);
            let mut request = client.post(endpoint.kanta.archive_url()).body(body);
            for (header, value) in &query.headers {
                request = request.header(header, value);
            }
            let started = Instant::now();
            let answer = request.send().await?;
            let answer = answer.text().await?;
            times.push(started.elapsed());
            bytes += answer.len();
            if !answer.contains("<queryResponseCode code=\"OK\"/>") {
                return Err(format!("a query of the benchmark found nothing: {answer}").into());
            }
        }
    }
    times.sort_unstable();
    let part = |part: f64| milliseconds(share(&times, part));
    Ok(format!(
        "{name}: {} queries, answers of {} bytes; p50 {:.1} ms, p99 {:.1} ms (budget 20 ms)\n",
        times.len(),
        bytes / times.len().max(1),
        part(0.50),
        part(0.99),
    ))
}
