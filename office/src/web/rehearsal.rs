//! The clock of a rehearsal, which is moved by hand.

use super::answer::Answer;
use super::app::App;
use super::failure::Failure;
use super::route::Outcome;
use super::visit::Visit;
use crate::clock::finnish_time;
use crate::page::{Block, Fact, Field, Page};
use crate::store::{LogEntry, StoreError};

const DAY: i64 = 24 * 3_600_000;
/// Furthest that the clock is moved, in days.
const MOST: i64 = 100 * 366;
/// Name under which the way is remembered, in milliseconds.
const AHEAD: &str = "clock ahead";

/// Moves the clock as far as it was moved before, where this is a rehearsal.
///
/// # Errors
/// `Unavailable`.
pub async fn set_clock(app: &App) -> Result<(), StoreError> {
    if app.settings.rehearsal {
        app.clock.set_ahead(app.store.remembered(AHEAD).await?.parse().unwrap_or(0));
    }
    Ok(())
}

/// The clock.
pub(super) async fn show(visit: Visit) -> Outcome {
    Ok(Answer::page(page(&visit, "").await?))
}

async fn page(visit: &Visit, wrong: &str) -> Result<Page, Failure> {
    if !visit.app.settings.rehearsal {
        return Err(Failure::NotPossible("rehearsal.none"));
    }
    let ahead: i64 = visit.app.store.remembered(AHEAD).await?.parse().unwrap_or(0);
    let facts = vec![
        Fact::new(visit.t("rehearsal.now"), finnish_time(visit.app.clock.now())),
        Fact::new(visit.t("rehearsal.ahead"), (ahead / DAY).to_string()),
    ];
    let days = Field::text("days", visit.t("rehearsal.days")).required().hint(visit.t("rehearsal.hint"));
    let days = Field { error: wrong.to_owned(), ..days };
    let form = visit.form("/clock", vec![days], "rehearsal.move");
    Ok(Page::new(visit.t("navigation.clock")).with(Block::Facts(facts)).with(Block::Form(form)))
}

/// Moves the clock so many days ahead of the machine's, in all.
pub(super) async fn move_clock(visit: Visit) -> Outcome {
    let days = visit.field("days").trim().parse::<i64>().ok().filter(|days| (0..=MOST).contains(days));
    let Some(days) = days.filter(|_| visit.app.settings.rehearsal) else {
        return Ok(Answer::form_again(page(&visit, visit.words.t("rehearsal.wrong")).await?));
    };
    let mut write = visit.app.store.write().await?;
    write.remember(AHEAD, &(days * DAY).to_string()).await?;
    write.note(&LogEntry { detail: format!("{days} days ahead"), ..visit.entry("done") }).await?;
    write.commit().await?;
    set_clock(&visit.app).await?;
    Ok(Answer::redirect("/clock").logged())
}
