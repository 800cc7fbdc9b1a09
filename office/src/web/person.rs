//! A person's own data (article 15): contacts with the origin of each datum, account, and the access log about them;
//! as a page and as JSON.

use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::failure::Failure;
use super::log_page::table;
use super::record_view::shown;
use super::route::Outcome;
use super::visit::Visit;
use crate::clock::finnish_time;
use crate::page::{Block, Cell, Fact, Field, Form, Link, Page, Table};
use crate::register::{KINDS, Record, kind_of};
use crate::store::{LogLine, LogQuery};

/// Entries of the access log that a person's data hold.
const MOST_LINES: i64 = 1000;

/// What is known of one person.
struct Known {
    contacts: Vec<(String, Record)>,
    lines: Vec<LogLine>,
}

impl Known {
    fn persons(&self) -> Vec<String> {
        self.contacts.iter().map(|(_, contact)| contact.id.clone()).collect()
    }
}

/// Everything about the contacts with the mail address `email`, or about the one contact `contact` without one.
async fn known(visit: &Visit, email: &str, contact: Option<Record>) -> Result<Known, Failure> {
    let store = &visit.app.store;
    let kind = kind_of("contact").ok_or(Failure::NotFound)?;
    let mut contacts = Vec::new();
    if email.contains('@') {
        for (customer, id) in store.contacts_of_person(email).await? {
            contacts.push(store.record(kind, &customer, &id).await?);
        }
    } else {
        contacts.extend(contact);
    }
    let mut named = Vec::new();
    for contact in contacts {
        named.push((store.customer_name(&contact.customer).await?.unwrap_or_default(), contact));
    }
    let persons: Vec<String> = named.iter().map(|(_, contact)| contact.id.clone()).collect();
    let lines = if persons.is_empty() {
        Vec::new()
    } else {
        store.search_log(&LogQuery { persons, most: MOST_LINES, ..LogQuery::default() }).await?
    };
    Ok(Known { contacts: named, lines })
}

async fn known_page(visit: &Visit, mut page: Page, known: &Known) -> Result<Page, Failure> {
    if known.contacts.is_empty() {
        page = page.paragraph(visit.t("person.nothing"));
    }
    for (customer, contact) in &known.contacts {
        page = page.heading(customer);
        let origins = visit.app.store.origins(&contact.id).await?;
        let facts = contact.kind.fields.iter().map(|field| {
            let note = origins.get(field.name).map(|origin| {
                let (way, at) = (visit.t(&format!("origin.{}", origin.origin)), finnish_time(origin.changed_at));
                visit.words.fill("origin.note", &[("way", &way), ("by", &origin.changed_by), ("at", &at)])
            });
            let value = shown(visit, field, contact.text(field.name), false);
            Fact { note: note.unwrap_or_default(), ..Fact::new(visit.t(&format!("field.{}", field.name)), value) }
        });
        page = page.with(Block::Facts(facts.collect()));
    }
    let log = Table { pages: Vec::new(), ..table(visit, &known.lines) };
    Ok(page.heading(visit.t("person.log")).with(Block::Table(log)).paragraph(visit.t("rights.complaint")))
}

async fn known_json(visit: &Visit, known: &Known) -> Result<Value, Failure> {
    let mut contacts = Vec::new();
    for (customer, contact) in &known.contacts {
        let mut record = record_json(visit, contact).await?;
        record.insert("customer-name".to_owned(), json!(customer));
        contacts.push(Value::Object(record));
    }
    let lines = known.lines.iter().map(|line| {
        let entry = &line.entry;
        json!({
            "number": line.number, "at": finnish_time(entry.at), "login": entry.login, "role": entry.role,
            "action": entry.action, "outcome": entry.outcome, "detail": entry.detail,
        })
    });
    Ok(json!({
        "register": "Kanta customer register", "made": finnish_time(visit.now), "contacts": contacts,
        "access-log": lines.collect::<Vec<_>>(),
    }))
}

async fn record_json(visit: &Visit, record: &Record) -> Result<Map<String, Value>, Failure> {
    let origins = visit.app.store.origins(&record.id).await?;
    let mut values = Map::new();
    for field in record.kind.fields.iter().filter(|field| !record.text(field.name).is_empty()) {
        let origin = origins.get(field.name).map(
            |origin| json!({ "way": origin.origin, "by": origin.changed_by, "at": finnish_time(origin.changed_at) }),
        );
        values.insert(field.name.to_owned(), json!({ "value": record.text(field.name).trim(), "origin": origin }));
    }
    let mut json = Map::new();
    json.insert("kind".to_owned(), json!(record.kind.code));
    json.insert("id".to_owned(), json!(record.id));
    json.insert("data".to_owned(), Value::Object(values));
    Ok(json)
}

/// All that is kept of a customer, and whose contacts are in it.
pub(super) async fn customer_json(visit: &Visit, customer: &str) -> Result<(Value, Vec<String>), Failure> {
    let (mut records, mut persons) = (Vec::new(), Vec::new());
    for kind in KINDS {
        for record in visit.app.store.records(kind, customer).await? {
            if kind.is_about_a_person {
                persons.push(record.id.clone());
            }
            records.push(Value::Object(record_json(visit, &record).await?));
        }
    }
    Ok((json!({ "register": "Kanta customer register", "made": finnish_time(visit.now), "records": records }), persons))
}

/// The bytes of a JSON file.
pub(super) fn pretty(json: &Value) -> String {
    format!("{json:#}\n")
}

/// The signed-in person's own data.
pub(super) async fn own(visit: Visit) -> Outcome {
    let acting = visit.acting()?;
    let known = known(&visit, &acting.email, None).await?;
    let facts = vec![
        Fact::new(visit.t("sign-in.login"), &acting.login),
        Fact::new(visit.t("account.name"), &acting.name),
        Fact::new(visit.t("account.email"), &acting.email),
    ];
    let page = Page::new(visit.t("person.own"))
        .paragraph(visit.t("rights.access"))
        .with(Block::Links(vec![Link::new("/me.json", visit.t("person.json"))]))
        .with(Block::Facts(facts));
    let page = known_page(&visit, page, &known).await?;
    Ok(Answer::page(page).showing(known.persons()))
}

/// The same as JSON.
pub(super) async fn own_json(visit: Visit) -> Outcome {
    let acting = visit.acting()?;
    let known = known(&visit, &acting.email, None).await?;
    let mut json = known_json(&visit, &known).await?;
    let rights = visit.app.store.rights(&acting.account).await?;
    let roles: Vec<_> =
        rights.iter().map(|right| json!({ "role": right.role.code(), "customer": right.customer })).collect();
    json["account"] = json!({ "login": acting.login, "name": acting.name, "email": acting.email, "roles": roles });
    Ok(Answer::file("own-data.json", "application/json", pretty(&json)).showing(known.persons()))
}

/// Persons by name or mail address, for the data-protection officer.
pub(super) async fn search(visit: Visit) -> Outcome {
    let text = visit.query.text("text").trim().to_owned();
    let store = &visit.app.store;
    let kind = kind_of("contact").ok_or(Failure::NotFound)?;
    let (mut rows, mut persons) = (Vec::new(), Vec::new());
    if !text.is_empty() {
        for (customer, id) in store.contacts_of_person(&text).await? {
            let contact = store.record(kind, &customer, &id).await?;
            let address = format!("/customers/{customer}/contacts/{id}/data");
            rows.push(vec![
                Cell::linked(contact.text("name"), address),
                Cell::from(contact.text("email")),
                Cell::from(store.customer_name(&customer).await?.unwrap_or_default()),
            ]);
            persons.push(id);
        }
    }
    let field = Field::text("text", visit.t("log.person")).value(&text);
    let form = Form {
        action: "/persons".to_owned(),
        asks: true,
        fields: vec![field],
        submit: visit.t("page.search"),
        ..Form::default()
    };
    let table = Table {
        caption: visit.t("person.title"),
        columns: ["field.name", "field.email", "page.customer"].map(|key| visit.t(key)).into(),
        rows,
        empty: visit.t("person.nothing"),
        ..Table::default()
    };
    let page = Page::new(visit.t("person.title")).paragraph(visit.t("person.then"));
    Ok(Answer::page(page.with(Block::Form(form)).with(Block::Table(table))).showing(persons))
}

async fn of_contact(visit: &Visit) -> Result<(Record, Known), Failure> {
    let kind = kind_of("contact").ok_or(Failure::NotFound)?;
    let contact = visit.app.store.record(kind, visit.parameter("customer"), visit.parameter("record")).await?;
    let known = known(visit, contact.text("email"), Some(contact.clone())).await?;
    Ok((contact, known))
}

/// All data of the person that a contact is, for an answer to the person's request.
pub(super) async fn show(visit: Visit) -> Outcome {
    let (contact, known) = of_contact(&visit).await?;
    let link = format!("/customers/{}/contacts/{}/data.json", contact.customer, contact.id);
    let page = Page::new(contact.text("name")).with(Block::Links(vec![Link::new(link, visit.t("person.json"))]));
    let page = known_page(&visit, page, &known).await?;
    Ok(Answer::page(page).showing(known.persons()))
}

/// The same as JSON.
pub(super) async fn show_json(visit: Visit) -> Outcome {
    let (_, known) = of_contact(&visit).await?;
    let json = known_json(&visit, &known).await?;
    Ok(Answer::file("person-data.json", "application/json", pretty(&json)).showing(known.persons()))
}
