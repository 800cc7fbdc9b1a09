//! `--notices`: the rate of the FHIR root for signed Bundles of one notice beside a bare
//! handler that parses and schema-checks them.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::load::{BARE_PASSES, CALLERS, Call, Comparison, ROUNDS, bare_handler, load};
use super::print::tell;
use super::stand::{Bench, Endpoint, Stopped, calls, know};
use kantakoe::driver::HttpDriver;
use kantakoe::run::EvidenceLog;
use kantakoe::schema::NoticePart;

/// Measures, and says what came out.
pub async fn measure(number: u32) -> Result<String, Stopped> {
    let bench = Bench::new()?;
    tell(&format!("making {number} signed notices"));
    let evidence = EvidenceLog::default();
    let endpoint = bench.endpoint_at(([127, 0, 0, 1], 0).into(), evidence.listener()).await?;
    make(&bench, &endpoint, number).await?;
    // Tokens name the address that they are for, so that every round listens there again.
    let bind = endpoint.kanta.address();
    endpoint.kanta.stop().await;
    let notices = Arc::new(calls(&evidence));
    let mut rounds = Vec::new();
    for round in 1..=ROUNDS {
        tell(&format!("round {round} of {ROUNDS}"));
        let bare = load(&bare_handler(parse_and_check).await?, &notices, BARE_PASSES, None).await?;
        let endpoint = bench.endpoint_at(bind, Box::new(|_| {})).await?;
        let full = load(&endpoint.kanta.fhir_url(), &notices, 1, Some("transaction-response")).await?;
        endpoint.kanta.stop().await;
        rounds.push(Comparison { what: "signed notices", bare_does: "parses and schema-checks", bare, full });
    }
    rounds.sort_by(|one, other| one.ratio().total_cmp(&other.ratio()));
    Ok(size(&notices) + &rounds[ROUNDS / 2].to_string())
}

fn size(notices: &[Call]) -> String {
    let bytes: usize = notices.iter().map(|call| call.body.len()).sum();
    format!("a Bundle of one notice has {} bytes\n", bytes / notices.len().max(1))
}

/// The bare handler's work: how many violations of the schemas there are.
fn parse_and_check(body: &[u8]) -> usize {
    let bundle: Value = serde_json::from_slice(body).unwrap_or_default();
    let resources = bundle["entry"].as_array().into_iter().flatten().map(|entry| &entry["resource"]);
    let check = |resource: &Value| match resource["resourceType"].as_str() {
        Some("AuditEvent") => NoticePart::AuditEvent.violations(resource).len(),
        _ => NoticePart::Provenance.violations(resource).len(),
    };
    NoticePart::Bundle.violations(&bundle).len() + resources.map(check).sum::<usize>()
}

/// Lets the reference system send so many notices, each about a person of its own.
async fn make(bench: &Bench, endpoint: &Endpoint, number: u32) -> Result<(), Stopped> {
    let (running, driver) = bench.reference(&endpoint.kanta).await?;
    let mut tasks = JoinSet::new();
    for caller in 0..CALLERS {
        let driver = driver.clone();
        tasks.spawn(async move { disclose(&driver, (caller..number as usize).step_by(CALLERS)).await });
    }
    while let Some(ended) = tasks.join_next().await {
        ended??;
    }
    running.stop().await;
    Ok(())
}

async fn disclose(driver: &HttpDriver, numbers: impl Iterator<Item = usize>) -> Result<(), Stopped> {
    for number in numbers {
        let event = json!({
            "key": "a", "client": know(driver, number).await?,
            "recipient": {"id": "1.2.246.10.99999993.10.0", "name": "Vastaanottava näyteviranomainen"},
            "ground": "KOE-peruste: viranomaisen pyyntö", "channel": "outside-archive",
            "items": [{"description": "Tuloste"}], "at": jiff::Timestamp::now().to_string(),
        });
        let recorded =
            driver.perform("record-disclosures", &json!({"events": [event]}), &format!("note-{number}")).await;
        recorded?;
    }
    Ok(())
}
