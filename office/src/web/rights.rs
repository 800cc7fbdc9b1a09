//! Rights of the persons in the register, customer by customer: what follows of each article, and its carrying out.

use super::answer::Answer;
use super::failure::Failure;
use super::person::{customer_json, pretty};
use super::route::Outcome;
use super::visit::Visit;
use crate::clock::finnish_date;
use crate::page::{Block, Field, FieldKind, Form, Link, NoticeKind, Page};
use crate::register::{Doomed, Record, Relation, RetentionRule, Values, kind_of, relation};
use crate::store::{Change, Ledger, LogEntry, Write};

/// The page.
pub(super) async fn show(visit: Visit) -> Outcome {
    let customer = customer(&visit).await?;
    Ok(Answer::page(page(&visit, &customer, "").await?))
}

async fn customer(visit: &Visit) -> Result<Record, Failure> {
    let id = visit.parameter("customer");
    let kind = kind_of("customer").ok_or(Failure::NotFound)?;
    Ok(visit.app.store.record(kind, id, id).await?)
}

async fn has_deployed(visit: &Visit) -> Result<bool, Failure> {
    let kind = kind_of("service-use").ok_or(Failure::NotFound)?;
    let uses = visit.app.store.records(kind, visit.parameter("customer")).await?;
    Ok(relation(&uses, visit.app.clock.today()) != Relation::NeverDeployed)
}

async fn page(visit: &Visit, customer: &Record, wrong: &str) -> Result<Page, Failure> {
    let address = format!("/customers/{}", customer.id);
    let deployed = has_deployed(visit).await?;
    let back = Link::new(&address, customer.text("name"));
    let ask = Link::new(format!("{address}/requests/new"), visit.t("record.request.new"));
    let mut page = Page::new(visit.t("rights.title"))
        .with(Block::Links(vec![back, ask]))
        .heading(visit.t("article.15"))
        .paragraph(visit.t("rights.access"))
        .heading(visit.t("article.16"))
        .paragraph(visit.t("rights.rectification"))
        .heading(visit.t("article.17"));
    let erasure = format!("{address}/rights/erasure");
    if deployed {
        page = page.paragraph(visit.t("rights.erasure-refused"));
        page = page.with(Block::Form(visit.form(erasure, Vec::new(), "rights.ask-erasure")));
    } else {
        let sure = Field::of(FieldKind::Check, "sure", visit.t("rights.sure")).required();
        let sure = Field { error: wrong.to_owned(), ..sure };
        let form = Form { is_final: true, ..visit.form(erasure, vec![sure], "rights.erase") };
        page = page.paragraph(visit.t("rights.erasure-possible")).with(Block::Form(form));
    }
    page = page.heading(visit.t("article.20"));
    let key = if deployed { "rights.portability-refused" } else { "rights.portability-possible" };
    let form = visit.form(format!("{address}/rights/portability"), Vec::new(), "rights.ask-portability");
    Ok(page
        .paragraph(visit.t(key))
        .with(Block::Form(form))
        .heading(visit.t("rights.complaint-title"))
        .paragraph(visit.t("rights.complaint")))
}

/// Article 17: refused with its reason for a customer that has deployed services, carried out for another.
pub(super) async fn erase(visit: Visit) -> Outcome {
    let customer = customer(&visit).await?;
    if has_deployed(&visit).await? {
        return refuse(&visit, &customer, "17", "rights.erasure-refused").await;
    }
    if visit.field("sure") != "yes" {
        let page = page(&visit, &customer, visit.words.t("wrong.needed")).await?;
        return Ok(Answer::form_again(page));
    }
    let kept = visit.app.store.kept(&customer.id).await?;
    let today = finnish_date(visit.now);
    let records = kept.contact_data.iter().chain(&kept.applications);
    let doomed = records.map(|record| Doomed {
        rule: RetentionRule::OnRequest,
        kind: record.kind.code.to_owned(),
        record: record.id.clone(),
        customer: customer.id.clone(),
        due: today,
    });
    let doomed: Vec<Doomed> = doomed.collect();
    let mut write = visit.app.store.write().await?;
    let ledger = Ledger::of(&visit.app.settings.folder);
    let broken = |error: crate::store::LedgerError| Failure::Unavailable(error.to_string());
    ledger.append(&doomed, visit.now).map_err(broken)?;
    for doomed in &doomed {
        write.destroy(doomed).await?;
    }
    ledger.note_applied(&mut write).await.map_err(broken)?;
    decided(&visit, &mut write, "17", "done", "rights.erased").await?;
    let persons = doomed.iter().filter(|doomed| doomed.kind == "contact").map(|doomed| doomed.record.clone());
    let detail = format!("{} records destroyed on request", doomed.len());
    write.note(&LogEntry { detail, persons: persons.collect(), ..visit.entry("done") }).await?;
    write.commit().await?;
    Ok(Answer::redirect(format!("/customers/{}", customer.id)).logged())
}

/// Article 20: refused with its reason for a customer that has deployed services, a file for another.
pub(super) async fn port(visit: Visit) -> Outcome {
    let customer = customer(&visit).await?;
    if has_deployed(&visit).await? {
        return refuse(&visit, &customer, "20", "rights.portability-refused").await;
    }
    let (json, persons) = customer_json(&visit, &customer.id).await?;
    let mut write = visit.app.store.write().await?;
    decided(&visit, &mut write, "20", "done", "rights.ported").await?;
    write.note(&LogEntry { persons, ..visit.entry("done") }).await?;
    write.commit().await?;
    let name = format!("customer-{}.json", customer.id);
    Ok(Answer::file(name, "application/json", pretty(&json)).logged())
}

async fn refuse(visit: &Visit, customer: &Record, article: &str, reason: &'static str) -> Outcome {
    let mut write = visit.app.store.write().await?;
    decided(visit, &mut write, article, "refused", reason).await?;
    let detail = format!("article {article} refused");
    write.note(&LogEntry { detail, ..visit.entry("refused") }).await?;
    write.commit().await?;
    let mut page = page(visit, customer, "").await?;
    let lines = vec![visit.t(reason), visit.t("rights.complaint")];
    page.blocks.insert(0, Block::Notice(NoticeKind::Refused, visit.t("rights.refused"), lines));
    Ok(Answer::page(page).logged())
}

/// Keeps the request and its decision.
async fn decided(
    visit: &Visit,
    write: &mut Write,
    article: &str,
    state: &str,
    reason: &'static str,
) -> Result<(), Failure> {
    let today = finnish_date(visit.now).to_string();
    let (reason, empty) = (visit.t(reason), String::new());
    let values = [
        ("article", article),
        ("contact", &empty),
        ("received", &today),
        ("description", &empty),
        ("request_state", state),
        ("decided", &today),
        ("reason", &reason),
    ];
    let values: Values = values.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let kind = kind_of("request").ok_or(Failure::NotFound)?;
    let change = Change { by: &visit.acting()?.login, origin: crate::register::SELF_SERVICE, at: visit.now };
    write.add_record(kind, visit.parameter("customer"), &values, change).await?;
    Ok(())
}
