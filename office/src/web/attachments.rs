//! Files of systems and co-tests, and the facts of a run of the harness.

use super::answer::Answer;
use super::failure::Failure;
use super::record_view::{address, may_write, record};
use super::route::Outcome;
use super::visit::Visit;
use crate::clock::finnish_time;
use crate::page::{Block, Cell, Fact, Field, FieldKind, Link, NoticeKind, Page, Table};
use crate::register::{Record, read_report};
use crate::store::{Attachment, LogEntry};

/// Kinds of records that have files.
const WITH_FILES: [&str; 2] = ["system", "co-test"];
/// Scenarios that are named as not tested.
const SHOWN: usize = 200;

/// The files of a record at the end of its page.
pub(super) async fn with_files(visit: &Visit, page: Page, record: &Record) -> Result<Page, Failure> {
    if !WITH_FILES.contains(&record.kind.code) {
        return Ok(page);
    }
    let own = address(record);
    let files = visit.app.store.attachments(&record.customer, &record.id).await?;
    let rows = files.iter().map(|file| {
        let path = format!("{own}/files/{}", file.id);
        vec![
            Cell::linked(&file.file_name, &path),
            Cell::linked(visit.t("attachment.facts"), format!("{path}/facts")),
            Cell::from(&file.digest),
            Cell::from(format!("{}, {}", file.made_by, finnish_time(file.made_at))),
        ]
    });
    let columns = ["attachment.name", "attachment.facts", "attachment.digest", "message.by"];
    let table = Table {
        caption: visit.t("attachment.title"),
        columns: columns.map(|key| visit.t(key)).into(),
        rows: rows.collect(),
        empty: visit.t("attachment.none"),
        ..Table::default()
    };
    let page = page.heading(visit.t("attachment.title")).with(Block::Table(table));
    if !may_write(visit, record.kind.code, Some(&record.customer)) {
        return Ok(page);
    }
    let field = Field::of(FieldKind::File, "file", visit.t("attachment.file")).required();
    let field = field.hint(visit.t("attachment.file-hint"));
    Ok(page.with(Block::Form(visit.form(format!("{own}/files"), vec![field], "attachment.add"))))
}

/// Keeps a file.
pub(super) async fn add(visit: Visit) -> Outcome {
    let record = record(&visit).await?;
    let Some(file) = visit.posted.file("file") else { return Err(Failure::NotPossible("import.no-file")) };
    let attachment = Attachment {
        id: String::new(),
        customer: record.customer.clone(),
        record: record.id.clone(),
        file_name: file.name.clone(),
        digest: String::new(),
        made_by: visit.acting()?.login.clone(),
        made_at: visit.now,
    };
    let mut write = visit.app.store.write().await?;
    let id = write.attach(&attachment, file.bytes.clone()).await?;
    let detail = format!("{} {}: file {id}", record.kind.code, record.id);
    write.note(&LogEntry { detail, ..visit.entry("done") }).await?;
    write.commit().await?;
    Ok(Answer::redirect(address(&record)).logged())
}

async fn attached(visit: &Visit) -> Result<(Attachment, Vec<u8>), Failure> {
    let of = |name| visit.parameter(name);
    Ok(visit.app.store.attached(of("customer"), of("record"), of("file")).await?)
}

/// A file as it was given.
pub(super) async fn download(visit: Visit) -> Outcome {
    let (file, content) = attached(&visit).await?;
    Ok(Answer::file(file.file_name, "application/octet-stream", content))
}

/// What the report of a run says.
pub(super) async fn facts(visit: Visit) -> Outcome {
    let (file, content) = attached(&visit).await?;
    let facts = read_report(&content).ok_or(Failure::NotFound)?;
    let mut list = vec![
        Fact::new(visit.t("attachment.system"), &facts.system),
        Fact::new(visit.t("attachment.outcome"), &facts.outcome),
        Fact::new(visit.t("attachment.started"), &facts.started),
        Fact::new(visit.t("attachment.digest"), &file.digest),
    ];
    let outcomes = facts.outcomes.iter().map(|(outcome, count)| format!("{outcome}: {count}"));
    list.push(Fact::new(visit.t("attachment.outcomes"), outcomes.collect::<Vec<_>>().join("\n")));
    list.extend(facts.head.iter().map(|(name, value)| Fact::new(visit.t(&format!("attachment.{name}")), value)));
    let lines: Vec<_> = facts.not_tested.iter().take(SHOWN).map(|(id, outcome)| format!("{id}: {outcome}")).collect();
    let page = Page::new(visit.t("attachment.facts"));
    let page = if lines.is_empty() {
        page.paragraph(visit.t("attachment.all-tested"))
    } else {
        page.notice(NoticeKind::Warning, visit.t("attachment.not-tested"), lines)
    };
    let back = visit.path.trim_end_matches("/facts").to_owned();
    Ok(Answer::page(
        page.notice(NoticeKind::Information, visit.t("attachment.own"), Vec::new())
            .with(Block::Facts(list))
            .with(Block::Links(vec![Link::new(back, visit.t("attachment.download"))])),
    ))
}
