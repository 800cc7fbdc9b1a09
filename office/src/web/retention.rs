//! What the nightly job will destroy, what it did, and a person's word where the clock jumped.

use super::answer::Answer;
use super::failure::Failure;
use super::route::Outcome;
use super::visit::Visit;
use crate::clock::{finnish_date, finnish_time};
use crate::night::{CLOCK, confirm_clock};
use crate::page::{Block, Cell, Field, FieldKind, NoticeKind, Page, Table};
use crate::store::LogEntry;

/// A day in milliseconds: a clock that moved further needs a person's word.
const DAY: i64 = 24 * 3_600_000;

/// The plan.
pub(super) async fn show(visit: Visit) -> Outcome {
    Ok(Answer::page(page(&visit, "").await?))
}

async fn page(visit: &Visit, wrong: &str) -> Result<Page, Failure> {
    let store = &visit.app.store;
    let mut page = Page::new(visit.t("retention.title")).paragraph(visit.t("retention.then"));
    let seen: i64 = store.remembered(CLOCK).await?.parse().unwrap_or(0);
    if seen != 0 && (visit.now - seen).abs() > DAY {
        let line = visit
            .words
            .fill("retention.halted-then", &[("seen", &finnish_time(seen)), ("now", &finnish_time(visit.now))]);
        let label = visit.t("retention.clock-is-right");
        let field = Field { error: wrong.to_owned(), ..Field::of(FieldKind::Check, "right", label) };
        page = page.notice(NoticeKind::Warning, visit.t("retention.halted"), vec![line]).with(Block::Form(visit.form(
            "/retention/clock",
            vec![field],
            "retention.go-on",
        )));
    }
    let planned = store.planned().await?;
    let rows = planned.iter().map(|planned| {
        let doomed = &planned.doomed;
        let kind = visit.t(&format!("record.{}.one", doomed.kind));
        vec![
            Cell::linked(kind, format!("/customers/{}", doomed.customer)),
            visit.t(&format!("retention.{}", doomed.rule.code())).into(),
            visit.words.date(&doomed.due.to_string()).into(),
            visit.words.date(&planned.planned_on).into(),
        ]
    });
    let columns = ["retention.what", "retention.rule", "retention.due", "retention.planned-on"];
    let plan = Table {
        caption: visit.t("retention.plan"),
        columns: columns.map(|key| visit.t(key)).into(),
        rows: rows.collect(),
        empty: visit.t("retention.nothing"),
        ..Table::default()
    };
    let nights = store.nights().await?;
    let rows = nights.iter().map(|(day, destroyed, planned)| {
        vec![visit.words.date(day).into(), destroyed.to_string().into(), planned.to_string().into()]
    });
    let done = Table {
        caption: visit.t("retention.nights"),
        columns: ["retention.night", "retention.destroyed", "retention.newly-planned"].map(|key| visit.t(key)).into(),
        rows: rows.collect(),
        empty: visit.t("retention.no-night"),
        ..Table::default()
    };
    Ok(page.with(Block::Table(plan)).with(Block::Table(done)))
}

/// A person says that the clock is right.
pub(super) async fn confirm(visit: Visit) -> Outcome {
    if visit.field("right") != "yes" {
        return Ok(Answer::form_again(page(&visit, visit.words.t("retention.say-so")).await?));
    }
    let mut write = visit.app.store.write().await?;
    confirm_clock(&mut write, visit.now).await?;
    let detail = format!("the clock is right: {}", finnish_date(visit.now));
    write.note(&LogEntry { detail, ..visit.entry("done") }).await?;
    write.commit().await?;
    Ok(Answer::redirect("/retention").logged())
}
