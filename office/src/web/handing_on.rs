//! Contact data that leave the register: to the register of sales invoices, and to another authority.

use super::answer::Answer;
use super::csv_file::csv;
use super::failure::Failure;
use super::lists::{fields, persons};
use super::route::Outcome;
use super::visit::Visit;
use crate::access::digest;
use crate::clock::finnish_time;
use crate::page::{Block, Cell, Field, FieldKind, NoticeKind, Page, Table};
use crate::register::{Record, kind_of};
use crate::store::{Disclosure, ListQuery, LogEntry};

const LONGEST: usize = 2000;

/// How many contacts and addresses for invoicing wait to be handed on.
pub(super) async fn invoicing(visit: Visit) -> Outcome {
    let store = &visit.app.store;
    let contacts = store.invoicing_contacts().await?.len().to_string();
    let kind = kind_of("address").ok_or(Failure::NotFound)?;
    let addresses = store.all_records(kind, "address_use", "invoicing").await?.len().to_string();
    let text = visit.words.fill("invoicing.count", &[("contacts", &contacts), ("addresses", &addresses)]);
    let form = visit.form("/invoicing", Vec::new(), "invoicing.hand-on");
    let page = Page::new(visit.t("navigation.invoicing")).paragraph(visit.t("invoicing.then")).paragraph(text);
    Ok(Answer::page(page.with(Block::Form(form))))
}

/// The file for the register of sales invoices.
pub(super) async fn hand_on(visit: Visit) -> Outcome {
    let store = &visit.app.store;
    let contacts = store.invoicing_contacts().await?;
    let kind = kind_of("address").ok_or(Failure::NotFound)?;
    let addresses = store.all_records(kind, "address_use", "invoicing").await?;
    let mut rows = Vec::new();
    for listed in &contacts {
        let mut row = [const { String::new() }; 11];
        row[..5].clone_from_slice(&[
            "contact".to_owned(),
            listed.customer.clone(),
            listed.customer_name.clone(),
            listed.name.clone(),
            listed.email.clone(),
        ]);
        row[5].clone_from(&listed.telephone);
        rows.push(row);
    }
    for address in &addresses {
        rows.push(address_row(&visit, address).await?);
    }
    let headings = [
        "row",
        "customer",
        "customer_name",
        "name",
        "email",
        "telephone",
        "street",
        "postal_code",
        "town",
        "invoice_address",
        "invoice_reference",
    ];
    let file = csv(headings.map(str::to_owned), rows.into_iter());
    let detail = format!("{} contacts, {} addresses, {}", contacts.len(), addresses.len(), digest(&file));
    Ok(Answer::file("invoicing.csv", "text/csv; charset=utf-8", file).showing(persons(&contacts)).detail(detail))
}

async fn address_row(visit: &Visit, address: &Record) -> Result<[String; 11], Failure> {
    let name = visit.app.store.customer_name(&address.customer).await?.unwrap_or_default();
    let text = |field: &str| address.text(field).to_owned();
    Ok([
        "address".to_owned(),
        address.customer.clone(),
        name,
        text("recipient"),
        String::new(),
        String::new(),
        text("street"),
        text("postal_code"),
        text("town"),
        text("invoice_address"),
        text("invoice_reference"),
    ])
}

/// What was given to other authorities, and the form for more.
pub(super) async fn disclosures(visit: Visit) -> Outcome {
    Ok(Answer::page(disclosure_page(&visit, [""; 2]).await?))
}

async fn disclosure_page(visit: &Visit, wrong: [&str; 2]) -> Result<Page, Failure> {
    let rows = visit.app.store.disclosures().await?.into_iter().map(|disclosure| {
        vec![
            Cell::from(finnish_time(disclosure.made_at)),
            disclosure.authority.into(),
            disclosure.reason.into(),
            disclosure.contacts.to_string().into(),
            disclosure.made_by.into(),
        ]
    });
    let columns = ["log.at", "disclosure.authority", "disclosure.reason", "disclosure.contacts", "message.by"];
    let table = Table {
        caption: visit.t("disclosure.made"),
        columns: columns.map(|key| visit.t(key)).into(),
        rows: rows.collect(),
        empty: visit.t("disclosure.none"),
        ..Table::default()
    };
    let mut all = vec![
        Field { error: wrong[0].to_owned(), ..Field::text("authority", visit.t("disclosure.authority")).required() }
            .value(visit.field("authority")),
        Field {
            error: wrong[1].to_owned(),
            ..Field::of(FieldKind::Lines, "reason", visit.t("disclosure.reason")).required()
        }
        .value(visit.field("reason"))
        .hint(visit.t("disclosure.reason-hint")),
    ];
    all.extend(fields(visit, &list_of(visit)));
    Ok(Page::new(visit.t("navigation.disclosures"))
        .notice(NoticeKind::Information, visit.t("disclosure.rule"), vec![visit.t("disclosure.no-transfer")])
        .with(Block::Form(visit.form("/disclosures", all, "disclosure.give")))
        .with(Block::Table(table)))
}

fn list_of(visit: &Visit) -> ListQuery {
    let text = |name: &str| visit.field(name).trim().to_owned();
    ListQuery {
        role: text("role"),
        service: text("service"),
        customer_kind: text("kind"),
        target_group: text("target"),
    }
}

/// Gives contact data to another authority: recorded with its reason, then the file.
pub(super) async fn disclose(visit: Visit) -> Outcome {
    let text = |name: &str| visit.field(name).trim().to_owned();
    let (authority, reason) = (text("authority"), text("reason"));
    let is_wrong = |text: &str| text.is_empty() || text.chars().count() > LONGEST;
    if is_wrong(&authority) || is_wrong(&reason) {
        let of = |text: &str| if is_wrong(text) { visit.words.t("wrong.needed") } else { "" };
        return Ok(Answer::form_again(disclosure_page(&visit, [of(&authority), of(&reason)]).await?));
    }
    let selection = list_of(&visit);
    let list = visit.app.store.distribution_list(&selection).await?;
    let rows = list.iter().map(|listed| {
        [listed.customer_name.clone(), listed.name.clone(), listed.email.clone(), listed.telephone.clone()]
    });
    let headings = ["page.customer", "field.name", "field.email", "field.telephone"];
    let file = csv(headings.map(|key| visit.t(key)), rows);
    let disclosure = Disclosure {
        authority,
        reason,
        selection: format!("{selection:?}"),
        contacts: i64::try_from(list.len()).unwrap_or(i64::MAX),
        file_digest: digest(&file),
        made_by: visit.acting()?.login.clone(),
        made_at: visit.now,
    };
    let mut write = visit.app.store.write().await?;
    write.record_disclosure(&disclosure).await?;
    let detail = format!("{} contacts to another authority, {}", list.len(), disclosure.file_digest);
    write.note(&LogEntry { detail, persons: persons(&list), ..visit.entry("done") }).await?;
    write.commit().await?;
    Ok(Answer::file("contacts.csv", "text/csv; charset=utf-8", file).logged())
}
