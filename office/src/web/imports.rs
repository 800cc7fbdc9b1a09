//! Files of national registers: read whole, their differences shown, then taken over whole or dropped.

use super::answer::Answer;
use super::failure::Failure;
use super::route::Outcome;
use super::visit::Visit;
use crate::access::digest;
use crate::clock::finnish_time;
use crate::page::{Block, Cell, Choice, Fact, Field, FieldKind, Form, Link, NoticeKind, Page, Table};
use crate::register::{
    Difference, IMPORT_COLUMNS, IMPORT_SOURCES, ImportMistake, ImportRow, Record, RecordKind, Values, differences,
    kind_of, read_import,
};
use crate::store::{Change, Import, LogEntry, Write};

/// Differences that a page shows.
const SHOWN: usize = 500;

/// The form, and what waits.
pub(super) async fn list(visit: Visit) -> Outcome {
    Ok(Answer::page(list_page(&visit).await?))
}

async fn list_page(visit: &Visit) -> Result<Page, Failure> {
    let choices = IMPORT_SOURCES.iter().map(|source| Choice {
        value: (*source).to_owned(),
        label: visit.t(&format!("origin.{source}")),
        chosen: visit.field("source") == *source,
    });
    let fields = vec![
        Field::of(FieldKind::One(choices.collect()), "source", visit.t("import.source")).required(),
        Field::of(FieldKind::File, "file", visit.t("import.file")).required().hint(visit.t("import.file-hint")),
    ];
    let waiting = visit.app.store.waiting_imports().await?;
    let links = waiting.into_iter().map(|(id, name)| Link::new(format!("/imports/{id}"), name)).collect();
    Ok(Page::new(visit.t("import.title"))
        .paragraph(visit.t("import.then"))
        .paragraph(visit.words.fill("import.format", &[("columns", &IMPORT_COLUMNS.join(";"))]))
        .with(Block::Form(visit.form("/imports", fields, "import.read")))
        .heading(visit.t("import.waiting"))
        .with(Block::Links(links)))
}

/// Reads a file; keeps it if all of it can be read.
pub(super) async fn read(visit: Visit) -> Outcome {
    let source = visit.field("source").to_owned();
    if !IMPORT_SOURCES.contains(&source.as_str()) {
        return Err(Failure::UnreadableForm);
    }
    let Some(file) = visit.posted.file("file") else { return Err(Failure::NotPossible("import.no-file")) };
    if let Err(mistakes) = read_import(&file.bytes, &source) {
        let mut page = list_page(&visit).await?;
        let lines = mistakes.iter().map(|mistake| mistake_line(&visit, mistake)).collect();
        page.blocks.insert(0, Block::Notice(NoticeKind::Refused, visit.t("import.wrong"), lines));
        return Ok(Answer::form_again(page));
    }
    let import = Import {
        id: String::new(),
        source,
        file_name: file.name.clone(),
        content: file.bytes.clone(),
        made_by: visit.acting()?.login.clone(),
        made_at: visit.now,
    };
    let mut write = visit.app.store.write().await?;
    let id = write.keep_import(&import).await?;
    let detail = format!("import {id} {} {}", import.file_name, digest(&import.content));
    write.note(&LogEntry { detail, ..visit.entry("done") }).await?;
    write.commit().await?;
    Ok(Answer::redirect(format!("/imports/{id}")).logged())
}

fn mistake_line(visit: &Visit, mistake: &ImportMistake) -> String {
    let what = visit.t(mistake.key);
    match (mistake.line, mistake.column) {
        (0, _) => what,
        (line, "") => visit.words.fill("import.line", &[("line", &line.to_string()), ("what", &what)]),
        (line, column) => {
            let values = [("line", line.to_string()), ("column", column.to_owned()), ("what", what)];
            let [line, column, what] = &values;
            visit.words.fill("import.place", &[(line.0, &line.1), (column.0, &column.1), (what.0, &what.1)])
        }
    }
}

/// A file and what it would change now.
struct Compared {
    import: Import,
    rows: Vec<ImportRow>,
    differences: Vec<Difference>,
    /// Digest of the differences: what was shown is what is taken over.
    shown: String,
    records: Vec<Record>,
}

fn kind(code: &str) -> Result<&'static RecordKind, Failure> {
    kind_of(code).ok_or_else(|| Failure::Broken(format!("no kind {code}")))
}

async fn compared(visit: &Visit) -> Result<Compared, Failure> {
    let store = &visit.app.store;
    let import = store.import(visit.parameter("import")).await?;
    let rows = read_import(&import.content, &import.source);
    let rows = rows.map_err(|_| Failure::Broken("a kept import can no longer be read".to_owned()))?;
    let customers = store.all_records(kind("customer")?, "", "").await?;
    let addresses = store.all_records(kind("address")?, "address_use", "administrative").await?;
    let differences = differences(&rows, &customers, &addresses);
    let shown = digest(format!("{differences:?}").as_bytes());
    let records = customers.into_iter().chain(addresses).collect();
    Ok(Compared { import, rows, differences, shown, records })
}

/// What a file would change.
pub(super) async fn show(visit: Visit) -> Outcome {
    let compared = compared(&visit).await?;
    Ok(Answer::page(difference_page(&visit, &compared)))
}

fn difference_page(visit: &Visit, compared: &Compared) -> Page {
    let new = compared.differences.iter().filter(|difference| difference.customer.is_none()).count();
    let fact = |key: &str, value: String| Fact::new(visit.t(key), value);
    let facts = vec![
        fact("import.source", visit.t(&format!("origin.{}", compared.import.source))),
        fact("import.file", compared.import.file_name.clone()),
        fact("import.read-by", format!("{}, {}", compared.import.made_by, finnish_time(compared.import.made_at))),
        fact("import.rows", compared.rows.len().to_string()),
        fact("import.new", new.to_string()),
        fact("import.changed", (compared.differences.len() - new).to_string()),
    ];
    let rows = compared.differences.iter().take(SHOWN).map(|difference| difference_cells(visit, compared, difference));
    let columns = ["import.row", "field.name", "import.difference"].map(|key| visit.t(key));
    let table = Table {
        caption: visit.t("import.differences"),
        columns: columns.into(),
        rows: rows.collect(),
        empty: visit.t("import.nothing"),
        ..Table::default()
    };
    let address = format!("/imports/{}", compared.import.id);
    let mut page = Page::new(visit.t("import.differences")).with(Block::Facts(facts));
    if compared.differences.len() > SHOWN {
        let more = (compared.differences.len() - SHOWN).to_string();
        page = page.notice(NoticeKind::Warning, visit.words.fill("import.more", &[("more", &more)]), Vec::new());
    }
    let shown = Field::hidden("shown", &compared.shown);
    let drop = visit.form(format!("{address}/drop"), Vec::new(), "import.drop");
    page.with(Block::Table(table))
        .with(Block::Form(visit.form(format!("{address}/take-over"), vec![shown], "import.take-over")))
        .with(Block::Form(Form { is_final: true, ..drop }))
}

fn difference_cells(visit: &Visit, compared: &Compared, difference: &Difference) -> Vec<Cell> {
    let name = compared.rows[difference.row].customer.get("name").cloned().unwrap_or_default();
    let name = match &difference.customer {
        Some(id) => Cell::linked(name, format!("/customers/{id}")),
        None => Cell::from(format!("{name} – {}", visit.t("import.is-new"))),
    };
    let fields = difference.customer_fields.iter().chain(&difference.address_fields);
    let lines =
        fields.map(|(field, is, would)| format!("{}: \"{is}\" → \"{would}\"", visit.t(&format!("field.{field}"))));
    vec![(difference.row + 2).to_string().into(), name, lines.collect::<Vec<_>>().join("; ").into()]
}

/// Takes what was shown over, all of it; if the register has changed since, the differences are shown again.
pub(super) async fn take_over(visit: Visit) -> Outcome {
    let compared = compared(&visit).await?;
    if visit.field("shown") != compared.shown {
        let mut page = difference_page(&visit, &compared);
        page.blocks.insert(0, Block::Notice(NoticeKind::Warning, visit.t("import.changed-since"), Vec::new()));
        return Ok(Answer::form_again(page));
    }
    let login = visit.acting()?.login.clone();
    let change = Change { by: &login, origin: &compared.import.source, at: visit.now };
    let mut write = visit.app.store.write().await?;
    write.drop_import(&compared.import.id).await?;
    for difference in &compared.differences {
        take_one(&mut write, &compared, difference, change).await?;
    }
    let detail = format!("import {}: {} customers", compared.import.id, compared.differences.len());
    write.note(&LogEntry { detail, ..visit.entry("done") }).await?;
    write.commit().await?;
    Ok(Answer::redirect("/customers").logged())
}

async fn take_one(
    write: &mut Write,
    compared: &Compared,
    difference: &Difference,
    change: Change<'_>,
) -> Result<(), Failure> {
    let row = &compared.rows[difference.row];
    let known = |id: &Option<String>| compared.records.iter().find(|record| Some(&record.id) == id.as_ref());
    let customer = match known(&difference.customer) {
        None => write.add_record(kind("customer")?, "", &row.customer, change).await?,
        Some(record) => {
            if !difference.customer_fields.is_empty() {
                write.change_record(record, &merged(record, &difference.customer_fields), change).await?;
            }
            record.id.clone()
        }
    };
    match (known(&difference.address), &row.address) {
        (None, Some(values)) => drop(write.add_record(kind("address")?, &customer, values, change).await?),
        (Some(record), Some(_)) if !difference.address_fields.is_empty() => {
            write.change_record(record, &merged(record, &difference.address_fields), change).await?;
        }
        _ => {}
    }
    Ok(())
}

fn merged(record: &Record, fields: &[(&'static str, String, String)]) -> Values {
    let mut values = record.values.clone();
    values.extend(fields.iter().map(|(field, _, would)| ((*field).to_owned(), would.clone())));
    values
}

/// Drops a file.
pub(super) async fn drop_file(visit: Visit) -> Outcome {
    let mut write = visit.app.store.write().await?;
    let id = visit.parameter("import");
    write.drop_import(id).await?;
    write.note(&LogEntry { detail: format!("import {id} dropped"), ..visit.entry("done") }).await?;
    write.commit().await?;
    Ok(Answer::redirect("/imports").logged())
}
