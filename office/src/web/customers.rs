//! The list of customers, and one customer with all its records.

use super::access::PERSONS_RIGHTS;
use super::answer::Answer;
use super::failure::Failure;
use super::record_view::{cells, choices_of_references, headings, may_write};
use super::route::Outcome;
use super::visit::Visit;
use crate::page::{Block, Cell, Choice, Field, FieldKind, Form, Link, NoticeKind, Page, Table};
use crate::register::{CUSTOMER_KINDS, KINDS, Record, Relation, SERVICES, kind_of, missing, relation};
use crate::store::CustomerQuery;

/// Customers on one page of the list.
const PAGE: i64 = 50;

/// Customers that fit what is asked.
pub(super) async fn list(visit: Visit) -> Outcome {
    let skip = visit.query.number("skip").clamp(0, 1_000_000);
    let [text, kind, service] = ["text", "kind", "service"].map(|name| visit.query.text(name).to_owned());
    let wanted = CustomerQuery { text, kind, service, skip, most: PAGE + 1 };
    let mut found = visit.app.store.customers(&wanted).await?;
    let more = found.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let rows = found.iter().map(|line| {
        let kind = visit.t(&format!("customer-kind.{}", line.kind));
        vec![Cell::linked(&line.name, format!("/customers/{}", line.id)), kind.into(), Cell::from(&line.business_id)]
    });
    let columns = ["field.name", "field.customer_kind", "field.business_id"].map(|key| visit.t(key));
    let table = Table {
        caption: visit.t("customers.title"),
        columns: columns.into(),
        rows: rows.collect(),
        empty: visit.t("customers.none"),
        pages: pages(&visit, skip, more),
    };
    let mut page = Page::new(visit.t("customers.title"));
    if may_write(&visit, "customer", None) {
        page = page.with(Block::Links(vec![Link::new("/new-customer", visit.t("record.customer.new"))]));
    }
    Ok(Answer::page(page.with(Block::Form(search_form(&visit))).with(Block::Table(table))))
}

fn pages(visit: &Visit, skip: i64, more: bool) -> Vec<Link> {
    let link = |skip: i64, key: &str| {
        Link::new(format!("/customers?{}", visit.query.query_with("skip", &skip.to_string())), visit.t(key))
    };
    let earlier = (skip > 0).then(|| link((skip - PAGE).max(0), "page.earlier"));
    earlier.into_iter().chain(more.then(|| link(skip + PAGE, "page.later"))).collect()
}

fn search_form(visit: &Visit) -> Form {
    let one = |name: &str, list: &str, codes: &[&str], label: &str| {
        let choices = any_of(visit, list, codes, visit.query.text(name));
        Field::of(FieldKind::One(choices), name, visit.t(label))
    };
    let fields = vec![
        Field::text("text", visit.t("customers.text")).value(visit.query.text("text")),
        one("kind", "customer-kind", CUSTOMER_KINDS, "field.customer_kind"),
        one("service", "service", SERVICES, "field.service"),
    ];
    Form { action: "/customers".to_owned(), asks: true, fields, submit: visit.t("page.search"), ..Form::default() }
}

/// Choices of `codes` with one for all of them before.
pub(super) fn any_of(visit: &Visit, list: &str, codes: &[&str], chosen: &str) -> Vec<Choice> {
    let all = Choice { value: String::new(), label: visit.t("page.all"), chosen: chosen.is_empty() };
    let choice = |code: &&str| Choice {
        value: (*code).to_owned(),
        label: visit.t(&format!("{list}.{code}")),
        chosen: *code == chosen,
    };
    std::iter::once(all).chain(codes.iter().map(choice)).collect()
}

/// One customer.
pub(super) async fn show(visit: Visit) -> Outcome {
    let id = visit.parameter("customer").to_owned();
    let store = &visit.app.store;
    let customer = store.record(kind_of("customer").ok_or(Failure::NotFound)?, &id, &id).await?;
    let mut page = Page::new(customer.text("name"));
    let mut sections = Vec::new();
    for kind in KINDS {
        sections.push((kind, store.records(kind, &id).await?));
    }
    if visit.acting()?.may(PERSONS_RIGHTS, Some(&id)) {
        let link = Link::new(format!("/customers/{id}/rights"), visit.t("rights.link"));
        page = page.with(Block::Links(vec![link]));
    }
    let of = |code: &str| sections.iter().find(|(kind, _)| kind.code == code).map_or(&[][..], |(_, records)| records);
    page = notices(&visit, page, &customer, of("contact"), of("service-use"));
    let persons = of("contact").iter().map(|contact| contact.id.clone()).collect();
    for (kind, records) in &sections {
        page = page.heading(visit.t(&format!("record.{}.many", kind.code)));
        let address = format!("/customers/{id}/{}", kind.path);
        let references = choices_of_references(&visit, kind, &id).await?;
        let table = Table {
            caption: visit.t(&format!("record.{}.many", kind.code)),
            columns: headings(&visit, kind),
            rows: records.iter().map(|record| cells(&visit, record, &references)).collect(),
            empty: visit.t(&format!("record.{}.none", kind.code)),
            ..Table::default()
        };
        page = page.with(Block::Table(table));
        if kind.code != "customer" && may_write(&visit, kind.code, Some(&id)) {
            let text = visit.t(&format!("record.{}.new", kind.code));
            page = page.with(Block::Links(vec![Link::new(format!("{address}/new"), text)]));
        }
    }
    Ok(Answer::page(page).showing(persons))
}

fn notices(visit: &Visit, page: Page, customer: &Record, contacts: &[Record], uses: &[Record]) -> Page {
    let state = match relation(uses, visit.app.clock.today()) {
        Relation::NeverDeployed => visit.t("relation.never-deployed"),
        Relation::Lasting => visit.t("relation.lasting"),
        Relation::Ended(day) => visit.words.fill("relation.ended", &[("day", &visit.words.date(&day.to_string()))]),
    };
    let page =
        page.paragraph(format!("{} – {state}", visit.t(&format!("customer-kind.{}", customer.text("customer_kind")))));
    let missing = missing(customer, contacts, uses);
    if missing.is_empty() {
        return page;
    }
    let lines = missing.iter().map(|key| visit.t(key)).collect();
    page.notice(NoticeKind::Warning, visit.t("customers.missing"), lines)
}
