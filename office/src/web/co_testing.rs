//! What the rules of co-testing and deployment say about a record, the calendar, the start and end of a deployment.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::answer::Answer;
use super::failure::Failure;
use super::record_view::{address, record};
use super::route::Outcome;
use super::visit::Visit;
use crate::page::{Block, Cell, Field, FieldKind, NoticeKind, Page, Table};
use crate::register::{
    Prerequisite, Record, RecordKind, SELF_SERVICE, Surroundings, Values, add_business_days, co_test_remarks,
    earliest_end, is_business_day, kind_of, missing, notice_remarks, prerequisites, reminders,
};
use crate::store::{Change, LogEntry, Write};

fn kind(code: &str) -> Result<&'static RecordKind, Failure> {
    kind_of(code).ok_or_else(|| Failure::Broken(format!("no kind {code}")))
}

/// What the rules say about `record`, as notices on its page.
pub(super) async fn with_remarks(visit: &Visit, page: Page, record: &Record) -> Result<Page, Failure> {
    let store = &visit.app.store;
    let remarks = match record.kind.code {
        "co-test" => {
            let system = store.record(kind("system")?, &record.customer, record.text("system")).await.ok();
            let cases = store.records(kind("preliminary-case")?, &record.customer).await?;
            co_test_remarks(record, system.as_ref(), &cases, visit.app.clock.today())
        }
        "change-notice" => notice_remarks(record),
        "deployment" => return with_prerequisites(visit, page, record).await,
        _ => return Ok(page),
    };
    if remarks.is_empty() {
        return Ok(page);
    }
    let lines = remarks.into_iter().map(|key| visit.t(key)).collect();
    Ok(page.notice(NoticeKind::Warning, visit.t("co-test.remarks"), lines))
}

async fn checklist(visit: &Visit, deployment: &Record) -> Result<Vec<Prerequisite>, Failure> {
    let store = &visit.app.store;
    let systems = store.all_records(kind("system")?, "id", deployment.text("system")).await?;
    let co_tests = store.all_records(kind("co-test")?, "system", deployment.text("system")).await?;
    let papers = store.records(kind("paper")?, &deployment.customer).await?;
    let customer = store.record(kind("customer")?, &deployment.customer, &deployment.customer).await?;
    let contacts = store.records(kind("contact")?, &deployment.customer).await?;
    let uses = store.records(kind("service-use")?, &deployment.customer).await?;
    let around = Surroundings {
        system: systems.first(),
        co_tests: &co_tests,
        papers: &papers,
        contacts_named: missing(&customer, &contacts, &uses).is_empty(),
        today: visit.app.clock.today(),
    };
    Ok(prerequisites(deployment, &around))
}

fn is_open(list: &[Prerequisite]) -> bool {
    list.iter().any(|row| row.needed && row.met.is_none())
}

async fn with_prerequisites(visit: &Visit, page: Page, deployment: &Record) -> Result<Page, Failure> {
    let list = checklist(visit, deployment).await?;
    let rows = list.iter().map(|row| {
        let state = match row.met {
            _ if !row.needed => Cell::from(visit.t("prerequisite.not-needed")),
            None => Cell::marked(visit.t("prerequisite.unmet"), "refused"),
            Some(day) => {
                let day = visit.words.date(&day.to_string());
                Cell::marked(visit.words.fill("prerequisite.met", &[("day", &day)]), "done")
            }
        };
        vec![visit.t(&format!("prerequisite.{}", row.code)).into(), state]
    });
    let table = Table {
        caption: visit.t("prerequisite.title"),
        columns: ["prerequisite.row", "prerequisite.state"].map(|key| visit.t(key)).into(),
        rows: rows.collect(),
        ..Table::default()
    };
    let mut page = page.with(Block::Table(table));
    if let Some(passed) = deployment.date("test_passed") {
        let day = visit.words.date(&add_business_days(passed, 2).to_string());
        page = page.paragraph(visit.words.fill("prerequisite.report-by", &[("day", &day)]));
    }
    let own = address(deployment);
    let acting = visit.acting()?;
    let is_started = deployment.date("started").is_some();
    if !is_started && !is_open(&list) && acting.role() == Some(crate::access::Role::Coordinator) {
        page = page.with(Block::Form(visit.form(format!("{own}/start"), Vec::new(), "prerequisite.start")));
    }
    if is_started
        && deployment.date("ended").is_none()
        && acting.may(deployment.kind.writers, Some(&deployment.customer))
    {
        let earliest = earliest_end(visit.app.clock.today()).to_string();
        let field = Field::of(FieldKind::Date, "last_day", visit.t("prerequisite.last-day")).required().value(earliest);
        let field = field.hint(visit.t("prerequisite.end-then"));
        page = page.with(Block::Form(visit.form(format!("{own}/end"), vec![field], "prerequisite.end")));
    }
    Ok(page)
}

/// Starts a deployment whose prerequisites are met: from today the customer uses the service.
pub(super) async fn start(visit: Visit) -> Outcome {
    let deployment = record(&visit).await?;
    if deployment.date("started").is_some() {
        return Err(Failure::NotPossible("prerequisite.started-already"));
    }
    if is_open(&checklist(&visit, &deployment).await?) {
        return Err(Failure::NotPossible("prerequisite.not-ready"));
    }
    let today = visit.app.clock.today().to_string();
    let mut values = deployment.values.clone();
    values.insert("started".to_owned(), today.clone());
    let used = [("service", deployment.text("service")), ("started", today.as_str()), ("ended", "")];
    let used: Values = used.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let mut write = visit.app.store.write().await?;
    let change = Change { by: &visit.acting()?.login, origin: SELF_SERVICE, at: visit.now };
    write.change_record(&deployment, &values, change).await?;
    write.add_record(kind("service-use")?, &deployment.customer, &used, change).await?;
    done(&visit, write, &deployment, "started").await
}

/// Ends a deployment, told in writing at least a month before.
pub(super) async fn end(visit: Visit) -> Outcome {
    let deployment = record(&visit).await?;
    if deployment.date("started").is_none() || deployment.date("ended").is_some() {
        return Err(Failure::NotPossible("prerequisite.not-started"));
    }
    let today = visit.app.clock.today();
    let last: Date = visit.field("last_day").parse().map_err(|_| Failure::NotPossible("wrong.date"))?;
    if last < earliest_end(today) {
        return Err(Failure::NotPossible("prerequisite.too-early"));
    }
    let mut values = deployment.values.clone();
    values.extend([("end_noticed", today), ("ended", last)].map(|(name, day)| (name.to_owned(), day.to_string())));
    let uses = visit.app.store.records(kind("service-use")?, &deployment.customer).await?;
    let mut write = visit.app.store.write().await?;
    let change = Change { by: &visit.acting()?.login, origin: SELF_SERVICE, at: visit.now };
    write.change_record(&deployment, &values, change).await?;
    let fits = |used: &&Record| used.text("service") == deployment.text("service") && used.text("ended").is_empty();
    for used in uses.iter().filter(fits) {
        let mut values = used.values.clone();
        values.insert("ended".to_owned(), last.to_string());
        write.change_record(used, &values, change).await?;
    }
    done(&visit, write, &deployment, "ended").await
}

async fn done(visit: &Visit, mut write: Write, deployment: &Record, what: &str) -> Outcome {
    let detail = format!("deployment {} {what}", deployment.id);
    write.note(&LogEntry { detail, ..visit.entry("done") }).await?;
    write.commit().await?;
    Ok(Answer::redirect(address(deployment)).logged())
}

/// A line of the calendar.
struct Line {
    day: Date,
    what: &'static str,
    record: Record,
    system: String,
    remarks: Vec<&'static str>,
}

/// The calendar of all customers' co-tests, and validities that end.
pub(super) async fn calendar(visit: Visit) -> Outcome {
    let store = &visit.app.store;
    let today = visit.app.clock.today();
    let systems = store.all_records(kind("system")?, "", "").await?;
    let names = system_names(&visit, &systems).await?;
    let mut lines = lines(&visit, &systems, &names, today).await?;
    lines.sort_by_key(|line| line.day);
    let rows = lines.iter().map(|line| {
        let mut day = visit.words.date(&line.day.to_string());
        if !is_business_day(line.day) {
            day = format!("{day} ({})", visit.t("calendar.not-business"));
        }
        let remarks = line.remarks.iter().map(|key| visit.t(key)).collect::<Vec<_>>().join(" ");
        let remark = if remarks.is_empty() { Cell::default() } else { Cell::marked(remarks, "warning") };
        vec![day.into(), Cell::linked(visit.t(line.what), address(&line.record)), Cell::from(&line.system), remark]
    });
    let columns = ["calendar.day", "calendar.what", "calendar.who", "calendar.remark"].map(|key| visit.t(key));
    let table = Table {
        caption: visit.t("calendar.title"),
        columns: columns.into(),
        rows: rows.collect(),
        empty: visit.t("calendar.none"),
        ..Table::default()
    };
    let reminders = reminders(&systems, today);
    let rows = reminders.iter().filter_map(|reminder| {
        let system = systems.iter().find(|system| system.id == reminder.system)?;
        let mut day = visit.words.date(&reminder.until.to_string());
        if reminder.until < today {
            day = format!("{day} ({})", visit.t("calendar.past"));
        }
        Some(vec![
            day.into(),
            Cell::linked(names.get(&system.id).cloned().unwrap_or_default(), address(system)),
            visit.t(&format!("field.{}", reminder.field)).into(),
        ])
    });
    let ends = Table {
        caption: visit.t("calendar.reminders"),
        columns: ["calendar.day", "calendar.who", "calendar.what"].map(|key| visit.t(key)).into(),
        rows: rows.collect(),
        empty: visit.t("calendar.no-reminder"),
        ..Table::default()
    };
    Ok(Answer::page(Page::new(visit.t("calendar.title")).with(Block::Table(table)).with(Block::Table(ends))))
}

/// What systems are called, with their vendors, by identifier.
async fn system_names(visit: &Visit, systems: &[Record]) -> Result<BTreeMap<String, String>, Failure> {
    let mut names = BTreeMap::new();
    for system in systems {
        let vendor = visit.app.store.customer_name(&system.customer).await?.unwrap_or_default();
        let name = format!("{} {} ({vendor})", system.text("name"), system.text("system_version"));
        names.insert(system.id.clone(), name);
    }
    Ok(names)
}

async fn lines(
    visit: &Visit,
    systems: &[Record],
    names: &BTreeMap<String, String>,
    today: Date,
) -> Result<Vec<Line>, Failure> {
    let store = &visit.app.store;
    let cases = store.all_records(kind("preliminary-case")?, "", "").await?;
    let mut lines = Vec::new();
    for co_test in store.all_records(kind("co-test")?, "", "").await? {
        let system = systems.iter().find(|system| system.id == co_test.text("system"));
        let remarks = co_test_remarks(&co_test, system, &cases, today);
        let name = names.get(co_test.text("system")).cloned().unwrap_or_default();
        for (field, what) in
            [("kick_off", "calendar.kick-off"), ("period_start", "calendar.starts"), ("period_end", "calendar.ends")]
        {
            if let Some(day) = co_test.date(field) {
                let remarks = if field == "period_start" { remarks.clone() } else { Vec::new() };
                lines.push(Line { day, what, record: co_test.clone(), system: name.clone(), remarks });
            }
        }
    }
    for notice in store.all_records(kind("change-notice")?, "", "").await? {
        if let Some(day) = notice.date("test_start") {
            let name = names.get(notice.text("system")).cloned().unwrap_or_default();
            let (remarks, system) = (notice_remarks(&notice), name);
            lines.push(Line { day, what: "calendar.change", record: notice, system, remarks });
        }
    }
    Ok(lines)
}
