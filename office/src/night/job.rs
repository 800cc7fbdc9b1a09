//! One look at the clock, and the job where its hour has come.

use crate::clock::{Clock, finnish_date, finnish_time};
use crate::register::{Doomed, due};
use crate::store::{Ledger, LedgerError, LogEntry, SessionLimits, Store, StoreError, Write};

/// Hour of Finland from which on the job is done.
const HOUR: i8 = 2;
/// A clock that moves further than this between two looks needs a person's word.
const LARGEST_JUMP: i64 = 24 * 3_600_000;
/// Name under which the last look at the clock is remembered.
pub const CLOCK: &str = "clock seen";
/// Looks are remembered at most this often, in milliseconds.
const SEEN_STEP: i64 = 300_000;

/// What came of a look at the clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Night {
    /// Its hour has not come, or it was done.
    Nothing,
    /// The clock moved too far since this time in milliseconds: nothing is destroyed before a person says it is right.
    Halted(i64),
    /// Done: how much was destroyed, how much is planned for the next night.
    Done(usize, usize),
}

/// Why the job failed. It holds whole or not at all.
pub type NightError = LedgerError;

/// Looks at the clock, and does the job once a night over all instances.
///
/// # Errors
/// What the database or the list of what was destroyed said.
pub async fn tick(store: &Store, clock: &Clock, ledger: &Ledger, limits: SessionLimits) -> Result<Night, NightError> {
    let now = clock.now();
    let seen: i64 = store.remembered(CLOCK).await?.parse().unwrap_or(0);
    if seen != 0 && (now - seen).abs() > LARGEST_JUMP {
        return Ok(Night::Halted(seen));
    }
    if (now - seen).abs() > SEEN_STEP {
        let mut write = store.write().await?;
        write.remember(CLOCK, &now.to_string()).await?;
        write.remove_expired(limits, now).await?;
        write.commit().await?;
    }
    let hour: i8 = finnish_time(now)[11..13].parse().unwrap_or(0);
    if hour < HOUR {
        return Ok(Night::Nothing);
    }
    let day = finnish_date(now);
    let mut write = store.write().await?;
    if !write.take_night(&day.to_string(), now).await? {
        return Ok(Night::Nothing);
    }
    let (destroyed, planned) = work(store, &mut write, ledger, now).await?;
    write.note_night(&day.to_string(), destroyed, planned).await?;
    write.commit().await?;
    Ok(Night::Done(destroyed, planned))
}

async fn work(store: &Store, write: &mut Write, ledger: &Ledger, now: i64) -> Result<(usize, usize), NightError> {
    let today = finnish_date(now);
    let due = all_due(store, today).await?;
    let planned = store.planned().await?;
    let (mut ready, mut new) = (Vec::new(), Vec::new());
    for doomed in due {
        let is_planned = |planned: &&crate::store::Planned| planned.doomed == doomed;
        match planned.iter().find(is_planned) {
            Some(planned) if planned.planned_on < today.to_string() => ready.push(doomed),
            Some(_) => {}
            None => new.push(doomed),
        }
    }
    for planned in &planned {
        if !ready.contains(&planned.doomed) && planned.planned_on < today.to_string() {
            write.unplan(&planned.doomed.record).await?;
        }
    }
    if !ready.is_empty() {
        ledger.append(&ready, now)?;
    }
    for doomed in &ready {
        write.destroy(doomed).await?;
        write.note(&entry(doomed, now, "destroyed")).await?;
    }
    for doomed in &new {
        write.plan_destruction(doomed, &today.to_string()).await?;
    }
    ledger.note_applied(write).await?;
    Ok((ready.len(), new.len()))
}

async fn all_due(store: &Store, today: jiff::civil::Date) -> Result<Vec<Doomed>, StoreError> {
    let mut all = Vec::new();
    for customer in store.customers_with_ends().await? {
        all.extend(due(&store.kept(&customer).await?, today));
    }
    Ok(all)
}

/// What the access log says of a destruction.
fn entry(doomed: &Doomed, now: i64, outcome: &str) -> LogEntry {
    let persons = if doomed.kind == "contact" { vec![doomed.record.clone()] } else { Vec::new() };
    LogEntry {
        at: now,
        action: "nightly job".to_owned(),
        customer: doomed.customer.clone(),
        outcome: outcome.to_owned(),
        detail: format!("{} {}: {}, due {}", doomed.kind, doomed.record, doomed.rule.code(), doomed.due),
        persons,
        ..LogEntry::default()
    }
}

/// A person's word that the clock is right.
///
/// # Errors
/// `Unavailable`.
pub async fn confirm_clock(write: &mut Write, now: i64) -> Result<(), StoreError> {
    write.remember(CLOCK, &now.to_string()).await
}
