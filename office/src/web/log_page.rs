//! The access log, for the data-protection officer.

use super::answer::Answer;
use super::failure::Failure;
use super::route::Outcome;
use super::visit::Visit;
use crate::clock::finnish_time;
use crate::page::{Block, Field, Form, Link, NoticeKind, Page, Table};
use crate::store::{LogLine, LogQuery, StoreError};

/// Entries on one page.
const PAGE: i64 = 100;

/// Entries that fit what is asked.
pub(super) async fn search(visit: Visit) -> Outcome {
    let query = &visit.query;
    let person = query.text("person").trim();
    let persons = match person {
        "" => Vec::new(),
        text => contacts(&visit, text).await?,
    };
    let wanted = LogQuery {
        login: query.text("login").trim().to_lowercase(),
        persons,
        customer: query.text("customer").trim().to_owned(),
        before: query.number("before"),
        most: PAGE,
    };
    let lines = visit.app.store.search_log(&wanted).await?;
    let persons = if person.is_empty() { Vec::new() } else { wanted.persons.clone() };
    let page = Page::new(visit.t("log.title"))
        .with(Block::Form(search_form(&visit)))
        .with(Block::Table(table(&visit, &lines)))
        .heading(visit.t("log.check"))
        .with(Block::Form(visit.form("/log/check", Vec::new(), "log.check-submit")));
    Ok(Answer::page(page).showing(persons))
}

/// Identifiers of a person's contacts; one that is none where the person has none, so that nothing is found.
async fn contacts(visit: &Visit, text: &str) -> Result<Vec<String>, Failure> {
    let found = visit.app.store.contacts_of_person(text).await?;
    let ids: Vec<String> = found.into_iter().map(|(_, id)| id).collect();
    Ok(if ids.is_empty() { vec![text.to_owned()] } else { ids })
}

fn search_form(visit: &Visit) -> Form {
    let field = |name: &str| Field::text(name, visit.t(&format!("log.{name}"))).value(visit.query.text(name));
    let fields = vec![field("login"), field("person"), field("customer")];
    Form { action: "/log".to_owned(), asks: true, fields, submit: visit.t("page.search"), ..Form::default() }
}

/// Entries as a table.
pub(super) fn table(visit: &Visit, lines: &[LogLine]) -> Table {
    let columns = ["number", "at", "login", "role", "action", "customer", "outcome", "detail"];
    let rows = lines.iter().map(|line| {
        let entry = &line.entry;
        let role = if entry.role.is_empty() { String::new() } else { visit.t(&format!("role.{}", entry.role)) };
        vec![
            line.number.to_string().into(),
            finnish_time(entry.at).into(),
            (&entry.login).into(),
            role.into(),
            (&entry.action).into(),
            (&entry.customer).into(),
            (&entry.outcome).into(),
            (&entry.detail).into(),
        ]
    });
    let oldest = lines.last().filter(|_| i64::try_from(lines.len()).is_ok_and(|length| length == PAGE));
    let older = oldest.map(|line| {
        Link::new(format!("/log?{}", visit.query.query_with("before", &line.number.to_string())), visit.t("page.later"))
    });
    Table {
        caption: visit.t("log.title"),
        columns: columns.map(|name| visit.t(&format!("log.{name}"))).into(),
        rows: rows.collect(),
        empty: visit.t("log.none"),
        pages: older.into_iter().collect(),
    }
}

/// Checks the chain.
pub(super) async fn check(visit: Visit) -> Outcome {
    let (kind, text) = match visit.app.store.verify_log().await {
        Ok((number, hash)) => {
            let values = [("number", number.to_string()), ("hash", hash)];
            let values = [(values[0].0, values[0].1.as_str()), (values[1].0, values[1].1.as_str())];
            (NoticeKind::Done, visit.words.fill("log.whole", &values))
        }
        Err(StoreError::Damaged(what)) => (NoticeKind::Refused, visit.words.fill("log.damaged", &[("what", &what)])),
        Err(other) => return Err(other.into()),
    };
    let back = vec![Link::new("/log", visit.t("log.title"))];
    Ok(Answer::page(Page::new(visit.t("log.check")).notice(kind, text, Vec::new()).with(Block::Links(back))))
}
