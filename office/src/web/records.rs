//! Pages of one record: shown with the origin of its data, added, changed, removed.

use super::access::OFFICER;
use super::answer::Answer;
use super::attachments::with_files;
use super::co_testing::with_remarks;
use super::failure::Failure;
use super::record_form::{given, record_form};
use super::record_view::{address, choices_of_references, kind, may_write, record, shown};
use super::route::Outcome;
use super::visit::Visit;
use crate::clock::finnish_time;
use crate::page::{Block, Fact, Field, FieldKind, Form, Link, NoticeKind, Page};
use crate::register::{
    FieldForm, MANUAL_ORIGINS, Mistakes, Record, RecordKind, SELF_SERVICE, Values, kind_of, validate, words_of,
};
use crate::store::{Change, LogEntry, StoreError};

/// One record, each datum with its origin.
pub(super) async fn show(visit: Visit) -> Outcome {
    let record = record(&visit).await?;
    let page = record_page(&visit, &record, "").await?;
    Ok(Answer::page(page).showing(persons(&record)))
}

fn persons(record: &Record) -> Vec<String> {
    if record.kind.is_about_a_person { vec![record.id.clone()] } else { Vec::new() }
}

async fn record_page(visit: &Visit, record: &Record, wrong: &str) -> Result<Page, Failure> {
    let kind = record.kind;
    let store = &visit.app.store;
    let customer = store.customer_name(&record.customer).await?.ok_or(Failure::NotFound)?;
    let origins = store.origins(&record.id).await?;
    let references = choices_of_references(visit, kind, &record.customer).await?;
    let mut facts = Vec::new();
    for field in kind.fields {
        let value = record.text(field.name);
        let value = references.name(field.name, value).unwrap_or_else(|| shown(visit, field, value, false));
        let note = origins.get(field.name).map(|origin| {
            let way = visit.t(&format!("origin.{}", origin.origin));
            let at = finnish_time(origin.changed_at);
            visit.words.fill("origin.note", &[("way", &way), ("by", &origin.changed_by), ("at", &at)])
        });
        let name = visit.t(&format!("field.{}", field.name));
        facts.push(Fact { note: note.unwrap_or_default(), ..Fact::new(name, value) });
    }
    let mut links = vec![Link::new(format!("/customers/{}", record.customer), customer)];
    let mut page = Page::new(visit.t(&format!("record.{}.one", kind.code)));
    if may_write(visit, kind.code, Some(&record.customer)) {
        links.push(Link::new(format!("{}/change", address(record)), visit.t("record.change")));
    }
    if kind.is_about_a_person && visit.acting()?.may(OFFICER, None) {
        links.push(Link::new(format!("{}/data", address(record)), visit.t("person.data")));
    }
    page = page.with(Block::Links(links));
    page = with_remarks(visit, page, record).await?.with(Block::Facts(facts));
    page = with_files(visit, page, record).await?;
    if !kind.is_permanent && may_write(visit, kind.code, Some(&record.customer)) {
        let sure = Field::of(FieldKind::Check, "sure", visit.t("record.sure")).required();
        let sure = Field { error: wrong.to_owned(), ..sure };
        let form = visit.form(format!("{}/remove", address(record)), vec![sure], "record.remove");
        page = page.with(Block::Form(Form { is_final: true, ..form }));
    }
    Ok(page)
}

/// The form of a new record.
pub(super) async fn new(visit: Visit) -> Outcome {
    let kind = kind(&visit)?;
    visit.app.store.customer_name(visit.parameter("customer")).await?.ok_or(Failure::NotFound)?;
    Ok(Answer::page(new_page(&visit, kind, &Values::new(), &Mistakes::new()).await?))
}

async fn new_page(
    visit: &Visit,
    kind: &'static RecordKind,
    values: &Values,
    wrong: &Mistakes,
) -> Result<Page, Failure> {
    let path = visit.path.split('?').next().unwrap_or_default();
    let form = record_form(visit, kind, values, wrong, path, 0).await?;
    Ok(Page::new(visit.t(&format!("record.{}.new", kind.code))).with(Block::Form(form)))
}

/// Adds a record.
pub(super) async fn add(visit: Visit) -> Outcome {
    let kind = kind(&visit)?;
    let customer = visit.parameter("customer").to_owned();
    visit.app.store.customer_name(&customer).await?.ok_or(Failure::NotFound)?;
    add_to(&visit, kind, &customer).await
}

async fn add_to(visit: &Visit, kind: &'static RecordKind, customer: &str) -> Outcome {
    let given = given(visit, kind, None)?;
    let values = match checked(visit, kind, customer, &given).await? {
        Ok(values) => values,
        Err(wrong) => return Ok(Answer::form_again(new_page(visit, kind, &given, &wrong).await?)),
    };
    let mut write = visit.app.store.write().await?;
    let id = write.add_record(kind, customer, &values, change_of(visit)?).await?;
    let persons = if kind.is_about_a_person { vec![id.clone()] } else { Vec::new() };
    let customer = if customer.is_empty() { id.clone() } else { customer.to_owned() };
    let detail = format!("{} {id} added", kind.code);
    write.note(&LogEntry { detail, persons, customer: customer.clone(), ..visit.entry("done") }).await?;
    write.commit().await?;
    Ok(Answer::redirect(format!("/customers/{customer}")).logged())
}

/// Checked values, or what is wrong; references must lead to a record of the same customer.
async fn checked(
    visit: &Visit,
    kind: &'static RecordKind,
    customer: &str,
    given: &Values,
) -> Result<Result<Values, Mistakes>, Failure> {
    let values = match validate(kind, given) {
        Ok(values) => values,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let references = choices_of_references(visit, kind, customer).await?;
    let mut wrong = Mistakes::new();
    for field in
        kind.fields.iter().filter(|field| matches!(field.form, FieldForm::Reference(_) | FieldForm::AnyReference(_)))
    {
        let value = &values[field.name];
        if !value.is_empty() && references.name(field.name, value).is_none() {
            wrong.insert(field.name, "wrong.choice");
        }
    }
    Ok(if wrong.is_empty() { Ok(values) } else { Err(wrong) })
}

/// By whom and how the data of this request come.
fn change_of(visit: &Visit) -> Result<Change<'_>, Failure> {
    let acting = visit.acting()?;
    let origin = if acting.is_of_the_office() { visit.field("origin") } else { SELF_SERVICE };
    let is_known = origin == SELF_SERVICE || MANUAL_ORIGINS.contains(&origin);
    if !is_known {
        return Err(Failure::UnreadableForm);
    }
    Ok(Change { by: &acting.login, origin, at: visit.now })
}

/// The form with a record's values.
pub(super) async fn edit(visit: Visit) -> Outcome {
    let record = record(&visit).await?;
    let page = edit_page(&visit, &record, &record.values, &Mistakes::new()).await?;
    Ok(Answer::page(page).showing(persons(&record)))
}

async fn edit_page(visit: &Visit, record: &Record, values: &Values, wrong: &Mistakes) -> Result<Page, Failure> {
    let action = format!("{}/change", address(record));
    let form = record_form(visit, record.kind, values, wrong, &action, record.version).await?;
    let back = vec![Link::new(address(record), visit.t("record.back"))];
    let title = visit.t(&format!("record.{}.one", record.kind.code));
    Ok(Page::new(title).with(Block::Links(back)).with(Block::Form(form)))
}

/// Changes a record, unless somebody else did since the form was shown: then both are shown.
pub(super) async fn change(visit: Visit) -> Outcome {
    let record = record(&visit).await?;
    let given = given(&visit, record.kind, Some(&record))?;
    let values = match checked(&visit, record.kind, &record.customer, &given).await? {
        Ok(values) => values,
        Err(wrong) => return Ok(Answer::form_again(edit_page(&visit, &record, &given, &wrong).await?)),
    };
    if visit.posted.fields.number("version") != record.version {
        return changed_by_another(&visit, &record, &given).await;
    }
    let mut write = visit.app.store.write().await?;
    let changed = match write.change_record(&record, &values, change_of(&visit)?).await {
        Err(StoreError::Changed) => {
            drop(write);
            let newer = record_again(&visit).await?;
            return changed_by_another(&visit, &newer, &given).await;
        }
        other => other?,
    };
    let detail = format!("{} {} changed: {}", record.kind.code, record.id, changed.join(", "));
    write.note(&LogEntry { detail, persons: persons(&record), ..visit.entry("done") }).await?;
    write.commit().await?;
    Ok(Answer::redirect(address(&record)).logged())
}

async fn record_again(visit: &Visit) -> Result<Record, Failure> {
    record(visit).await
}

/// The form with what this one gave, and above it what differs from what another one wrote.
async fn changed_by_another(visit: &Visit, newer: &Record, given: &Values) -> Outcome {
    let origins = visit.app.store.origins(&newer.id).await?;
    let mut lines = Vec::new();
    for field in newer.kind.fields {
        let (now, yours) = (newer.text(field.name), given.get(field.name).map_or("", |text| text.trim()));
        let same = now == yours || words_of(now).eq(words_of(yours));
        if !same {
            let by = origins.get(field.name).map_or("", |origin| origin.changed_by.as_str());
            let [now, yours] = [now, yours].map(|value| shown(visit, field, value, false));
            let name = visit.t(&format!("field.{}", field.name));
            lines.push(
                visit.words.fill("record.differs", &[("field", &name), ("now", &now), ("by", by), ("yours", &yours)]),
            );
        }
    }
    let mut page = edit_page(visit, newer, given, &Mistakes::new()).await?;
    page.blocks.insert(0, Block::Notice(NoticeKind::Warning, visit.t("record.changed"), lines));
    Ok(Answer::form_again(page).showing(persons(newer)))
}

/// Removes a record.
pub(super) async fn remove(visit: Visit) -> Outcome {
    let record = record(&visit).await?;
    if visit.field("sure") != "yes" {
        let page = record_page(&visit, &record, visit.words.t("record.say-sure")).await?;
        return Ok(Answer::form_again(page).showing(persons(&record)));
    }
    let mut write = visit.app.store.write().await?;
    write.remove_record(record.kind, &record.customer, &record.id).await?;
    let detail = format!("{} {} removed", record.kind.code, record.id);
    write.note(&LogEntry { detail, persons: persons(&record), ..visit.entry("done") }).await?;
    write.commit().await?;
    Ok(Answer::redirect(format!("/customers/{}", record.customer)).logged())
}

/// The form of a new customer.
pub(super) async fn new_customer(visit: Visit) -> Outcome {
    let kind = kind_of("customer").ok_or(Failure::NotFound)?;
    Ok(Answer::page(new_page(&visit, kind, &Values::new(), &Mistakes::new()).await?))
}

/// Adds a customer.
pub(super) async fn add_customer(visit: Visit) -> Outcome {
    let kind = kind_of("customer").ok_or(Failure::NotFound)?;
    add_to(&visit, kind, "").await
}
