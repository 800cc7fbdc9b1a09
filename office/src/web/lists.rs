//! Distribution lists: who is on one, as a page and as CSV.

use super::answer::Answer;
use super::csv_file::csv;
use super::customers::any_of;
use super::route::Outcome;
use super::visit::Visit;
use crate::page::{Block, Cell, Field, FieldKind, Form, Link, Page, Table};
use crate::register::{CONTACT_ROLES, CUSTOMER_KINDS, SERVICES, words_of};
use crate::store::{ListQuery, Listed};

/// Rows that a page shows.
const SHOWN: usize = 200;

/// The list that the query describes.
pub(super) fn wanted(visit: &Visit) -> ListQuery {
    let text = |name: &str| visit.query.text(name).trim().to_owned();
    ListQuery {
        role: text("role"),
        service: text("service"),
        customer_kind: text("kind"),
        target_group: text("target"),
    }
}

/// The query that describes a list.
fn query_of(list: &ListQuery) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let pairs = [
        ("role", &list.role),
        ("service", &list.service),
        ("kind", &list.customer_kind),
        ("target", &list.target_group),
    ];
    query.extend_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty())).finish()
}

/// Fields that choose a list. Contacts for invoicing are in none.
pub(super) fn fields(visit: &Visit, list: &ListQuery) -> Vec<Field> {
    let roles: Vec<&str> = CONTACT_ROLES.iter().copied().filter(|role| *role != "invoicing").collect();
    let one = |name: &str, words: &str, codes: &[&str], chosen: &str, label: &str| {
        Field::of(FieldKind::One(any_of(visit, words, codes, chosen)), name, visit.t(label))
    };
    vec![
        one("role", "contact-role", &roles, &list.role, "field.contact_roles"),
        one("service", "service", SERVICES, &list.service, "field.service"),
        one("kind", "customer-kind", CUSTOMER_KINDS, &list.customer_kind, "field.customer_kind"),
        Field::text("target", visit.t("field.target_group")).value(&list.target_group),
    ]
}

/// Identifiers of the contacts of a list.
pub(super) fn persons(list: &[Listed]) -> Vec<String> {
    list.iter().map(|listed| listed.contact.clone()).collect()
}

/// Who is on the list, as a table.
pub(super) fn table(visit: &Visit, list: &[Listed]) -> Table {
    let rows = list.iter().take(SHOWN).map(|listed| {
        let address = format!("/customers/{}/contacts/{}", listed.customer, listed.contact);
        vec![
            Cell::linked(&listed.name, address),
            Cell::from(&listed.customer_name),
            roles(visit, listed).into(),
            Cell::from(&listed.email),
        ]
    });
    let columns = ["field.name", "page.customer", "field.contact_roles", "field.email"];
    Table {
        caption: visit.words.fill("list.count", &[("count", &list.len().to_string())]),
        columns: columns.map(|key| visit.t(key)).into(),
        rows: rows.collect(),
        empty: visit.t("list.nobody"),
        ..Table::default()
    }
}

/// Roles in words, those for invoicing left out.
fn roles(visit: &Visit, listed: &Listed) -> String {
    let roles = words_of(&listed.roles).filter(|role| *role != "invoicing");
    roles.map(|role| visit.t(&format!("contact-role.{role}"))).collect::<Vec<_>>().join(", ")
}

/// Who is on the list.
pub(super) async fn show(visit: Visit) -> Outcome {
    let wanted = wanted(&visit);
    let list = visit.app.store.distribution_list(&wanted).await?;
    let form = Form {
        action: "/lists".to_owned(),
        asks: true,
        fields: fields(&visit, &wanted),
        submit: visit.t("page.search"),
        ..Form::default()
    };
    let query = query_of(&wanted);
    let links = vec![
        Link::new(format!("/lists.csv?{query}"), visit.t("list.csv")),
        Link::new(format!("/messages/new?{query}"), visit.t("list.write")),
    ];
    let page = Page::new(visit.t("navigation.lists"))
        .paragraph(visit.t("list.then"))
        .with(Block::Form(form))
        .with(Block::Links(links))
        .with(Block::Table(table(&visit, &list)));
    let shown = &list[..list.len().min(SHOWN)];
    Ok(Answer::page(page).showing(persons(shown)))
}

/// The list as a file.
pub(super) async fn export(visit: Visit) -> Outcome {
    let list = visit.app.store.distribution_list(&wanted(&visit)).await?;
    let headings = ["field.name", "field.email", "page.customer", "field.contact_roles", "field.language"];
    let rows = list.iter().map(|listed| {
        let language = visit.t(&format!("language.{}", listed.language));
        [listed.name.clone(), listed.email.clone(), listed.customer_name.clone(), roles(&visit, listed), language]
    });
    let file = csv(headings.map(|key| visit.t(key)), rows);
    let detail = format!("{} contacts", list.len());
    Ok(Answer::file("list.csv", "text/csv; charset=utf-8", file).showing(persons(&list)).detail(detail))
}
