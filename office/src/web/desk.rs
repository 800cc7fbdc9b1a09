//! The archivist's desk: search, look, compare, and nullify as the last resort, in the registers that the customer
//! appointed the archivist for.

use serde_json::{Value, json};

use super::answer::Answer;
use super::failure::Failure;
use super::route::Outcome;
use super::visit::Visit;
use crate::elsewhere::{Desk, DeskAnswer};
use crate::page::{Block, Cell, Choice, Fact, Field, FieldKind, Form, Link, NoticeKind, Page, Table};
use crate::register::{Record, kind_of};
use crate::settings::ArchivistDesk;

/// What is told of a document, in its order.
const METADATA: [&str; 14] = [
    "id",
    "set-id",
    "version",
    "nullified",
    "clients",
    "controller",
    "register",
    "group",
    "general-type",
    "specific-type",
    "service-task",
    "matter",
    "relationship",
    "effective-time",
];
const LONGEST_REASON: usize = 1000;

/// The registers that the signed-in archivist was appointed for, the customer's own first.
async fn registers(visit: &Visit) -> Result<(Record, Vec<String>), Failure> {
    let id = visit.parameter("customer");
    let store = &visit.app.store;
    let of = |code: &str| kind_of(code).ok_or_else(|| Failure::Broken(format!("no kind {code}")));
    let customer = store.record(of("customer")?, id, id).await?;
    let email = visit.acting()?.email.to_lowercase();
    let today = visit.app.clock.today();
    let contacts = store.records(of("contact")?, id).await?;
    let own = contacts.iter().filter(|contact| !email.is_empty() && contact.text("email").to_lowercase() == email);
    let own: Vec<&str> = own.map(|contact| contact.id.as_str()).collect();
    let mut registers = Vec::new();
    for appointed in store.records(of("archivist")?, id).await? {
        let has_begun = appointed.date("started").is_some_and(|day| day <= today);
        let has_ended = appointed.date("ended").is_some_and(|day| day < today);
        if has_begun && !has_ended && own.contains(&appointed.text("contact")) {
            registers.push(appointed.text("register_oid").to_owned());
            if appointed.text("other_registers_confirmed") == "yes" {
                registers.extend(appointed.text("other_registers").lines().map(str::to_owned));
            }
        }
    }
    registers.dedup();
    Ok((customer, registers))
}

/// The desk in the register that the request names, if the archivist was appointed for it.
async fn desk<'a>(visit: &Visit, settings: &'a ArchivistDesk) -> Result<Desk<'a>, Failure> {
    let (customer, registers) = registers(visit).await?;
    let named = if visit.field("register").is_empty() { visit.query.text("register") } else { visit.field("register") };
    let register = registers.iter().find(|register| *register == named).ok_or(Failure::Denied)?;
    let acting = visit.acting()?;
    let archivist = format!("{} ({})", acting.name, acting.login);
    Ok(Desk::new(settings, archivist, customer.text("organisation_oid").to_owned(), register.clone()))
}

fn settings(visit: &Visit) -> Result<ArchivistDesk, Failure> {
    visit.app.settings.archivist_desk.clone().ok_or(Failure::NotPossible("desk.closed"))
}

fn address(visit: &Visit) -> String {
    format!("/customers/{}/desk", visit.parameter("customer"))
}

fn in_register(register: &str) -> String {
    format!("register={}", url::form_urlencoded::byte_serialize(register.as_bytes()).collect::<String>())
}

/// The registers and the search.
pub(super) async fn show(visit: Visit) -> Outcome {
    let settings = settings(&visit)?;
    let (customer, registers) = registers(&visit).await?;
    let mut page = Page::new(visit.t("desk.title")).paragraph(customer.text("name"));
    if registers.is_empty() {
        return Ok(Answer::page(page.notice(NoticeKind::Warning, visit.t("desk.not-appointed"), Vec::new())));
    }
    page = page.with(Block::Form(search_form(&visit, &registers)));
    let register = visit.query.text("register");
    if register.is_empty() {
        return Ok(Answer::page(page));
    }
    let client = visit.query.text("client").trim();
    if crate::harness::foreign_identity_code_in(client.as_bytes()).is_some() {
        return Ok(Answer::form_again(page.notice(NoticeKind::Refused, visit.t("desk.foreign"), Vec::new())));
    }
    let text = |name: &str| visit.query.text(name).trim().to_owned();
    let (set, group) = (text("set-id"), text("group"));
    let [versions, nullified] = ["versions", "nullified"].map(|name| (visit.query.text(name) == "yes").to_string());
    let query = [
        ("client", client),
        ("set-id", set.as_str()),
        ("group", &group),
        ("versions", &versions),
        ("nullified", &nullified),
    ];
    let answer = desk(&visit, &settings).await?.get(&["documents"], &query).await.map_err(Failure::Elsewhere)?;
    let log = Link::new(format!("{}/log?{}", address(&visit), in_register(register)), visit.t("desk.log"));
    page = page.with(Block::Links(vec![log]));
    page = match answer {
        DeskAnswer::Refused(why) => page.notice(NoticeKind::Refused, visit.t("desk.refused"), vec![why]),
        DeskAnswer::Done(found) => page.with(Block::Table(listing(&visit, register, &found))),
    };
    Ok(Answer::page(page).detail(format!("register {register}")))
}

fn search_form(visit: &Visit, registers: &[String]) -> Form {
    let chosen = visit.query.text("register");
    let choice =
        |register: &String| Choice { value: register.clone(), label: register.clone(), chosen: register == chosen };
    let text = |name: &str, key: &str| Field::text(name, visit.t(key)).value(visit.query.text(name));
    let check = |name: &str, key: &str| Field::of(FieldKind::Check, name, visit.t(key)).value(visit.query.text(name));
    let fields = vec![
        Field::of(FieldKind::One(registers.iter().map(choice).collect()), "register", visit.t("desk.register")),
        text("client", "desk.client").hint(visit.t("desk.client-hint")),
        text("set-id", "desk.set-id"),
        text("group", "desk.group"),
        check("versions", "desk.versions"),
        check("nullified", "desk.nullified-too"),
    ];
    Form { action: address(visit), asks: true, fields, submit: visit.t("page.search"), ..Form::default() }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn listing(visit: &Visit, register: &str, found: &Value) -> Table {
    let columns = ["id", "version", "group", "specific-type", "effective-time", "nullified"];
    let documents = found["documents"].as_array().into_iter().flatten();
    let rows = documents.map(|document| {
        let id = plain(&document["id"]);
        let link = format!("{}/documents/{id}?{}", address(visit), in_register(register));
        let mut cells: Vec<Cell> = columns[1..5].iter().map(|name| Cell::from(plain(&document[*name]))).collect();
        let is_nullified = document["nullified"] == true;
        cells.push(if is_nullified { Cell::marked(visit.t("desk.nullified"), "refused") } else { Cell::default() });
        cells.insert(0, Cell::linked(id, link));
        cells
    });
    Table {
        caption: visit.words.fill("desk.found", &[("count", &plain(&found["total"]))]),
        columns: columns.map(|name| visit.t(&format!("desk.{name}"))).into(),
        rows: rows.collect(),
        empty: visit.t("desk.none"),
        ..Table::default()
    }
}

/// One document with its metadata and both its forms.
pub(super) async fn document(visit: Visit) -> Outcome {
    document_page(&visit, Vec::new()).await.map(|page| Answer::page(page).detail(visit.parameter("document")))
}

async fn document_page(visit: &Visit, notices: Vec<Block>) -> Result<Page, Failure> {
    let settings = settings(visit)?;
    let desk = desk(visit, &settings).await?;
    let id = visit.parameter("document");
    let answer = desk.get(&["documents", id], &[]).await.map_err(Failure::Elsewhere)?;
    let own = format!("{}/documents/{id}", address(visit));
    let mut page = Page::new(visit.t("desk.document"));
    page.blocks.extend(notices);
    let back = Link::new(format!("{}?{}", address(visit), in_register(&desk.register)), visit.t("desk.title"));
    page = page.with(Block::Links(vec![back]));
    let found = match answer {
        DeskAnswer::Refused(why) => return Ok(page.notice(NoticeKind::Refused, visit.t("desk.refused"), vec![why])),
        DeskAnswer::Done(found) => found,
    };
    let facts = METADATA.map(|name| Fact::new(visit.t(&format!("desk.{name}")), plain(&found["metadata"][name])));
    let register = || Field::hidden("register", &desk.register);
    let other = Field::text("other", visit.t("desk.other")).hint(visit.t("desk.other-hint"));
    let shown = Field::of(FieldKind::Lines, "shown", visit.t("desk.shown")).hint(visit.t("desk.shown-hint"));
    let compare = visit.form(format!("{own}/compare"), vec![register(), other, shown], "desk.compare");
    page = page
        .with(Block::Facts(facts.into()))
        .heading(visit.t("desk.display-form"))
        .with(Block::Preformatted(plain(&found["display-form"])))
        .heading(visit.t("desk.structured-form"))
        .with(Block::Preformatted(format!("{:#}", found["structured-form"])))
        .heading(visit.t("desk.compare"))
        .with(Block::Form(compare));
    if found["metadata"]["nullified"] == true {
        return Ok(page);
    }
    let reason = Field::of(FieldKind::Lines, "reason", visit.t("desk.reason")).required();
    let last = Field::of(FieldKind::Check, "last-resort", visit.t("desk.last-resort")).required();
    let form = visit.form(format!("{own}/nullify"), vec![register(), reason, last], "desk.nullify");
    Ok(page
        .heading(visit.t("desk.nullify"))
        .notice(NoticeKind::Warning, visit.t("desk.last-resort-only"), Vec::new())
        .with(Block::Form(Form { is_final: true, ..form })))
}

/// Compares a document with another one, or with what a vendor's system shows.
pub(super) async fn compare(visit: Visit) -> Outcome {
    let settings = settings(&visit)?;
    let desk = desk(&visit, &settings).await?;
    let id = visit.parameter("document");
    let (other, shown) = (visit.field("other").trim(), visit.field("shown").trim());
    let answer = if other.is_empty() {
        let Ok(shown) = serde_json::from_str::<Value>(shown) else { return Err(Failure::NotPossible("desk.no-json")) };
        match desk.get(&["documents", id], &[]).await.map_err(Failure::Elsewhere)? {
            DeskAnswer::Done(found) => DeskAnswer::Done(differences(&found["structured-form"], &shown)),
            refused @ DeskAnswer::Refused(_) => refused,
        }
    } else {
        desk.get(&["documents", id, "compare", other], &[]).await.map_err(Failure::Elsewhere)?
    };
    let back = format!("{}/documents/{id}?{}", address(&visit), in_register(&desk.register));
    let page = Page::new(visit.t("desk.compare")).with(Block::Links(vec![Link::new(back, visit.t("desk.document"))]));
    let page = match answer {
        DeskAnswer::Refused(why) => page.notice(NoticeKind::Refused, visit.t("desk.refused"), vec![why]),
        DeskAnswer::Done(found) => {
            let rows =
                found["differences"].as_array().into_iter().flatten().map(|difference| {
                    ["place", "first", "second"].map(|name| Cell::from(plain(&difference[name]))).into()
                });
            page.with(Block::Table(Table {
                caption: visit.t("desk.differences"),
                columns: ["desk.place", "desk.first", "desk.second"].map(|key| visit.t(key)).into(),
                rows: rows.collect(),
                empty: visit.t("desk.same"),
                ..Table::default()
            }))
        }
    };
    Ok(Answer::page(page).detail(id))
}

/// Every value in which two JSON texts differ, by JSON pointer.
fn differences(one: &Value, other: &Value) -> Value {
    let (mut ones, mut others) = (std::collections::BTreeMap::new(), std::collections::BTreeMap::new());
    leaves("", one, &mut ones);
    leaves("", other, &mut others);
    let places: std::collections::BTreeSet<String> = ones.keys().chain(others.keys()).cloned().collect();
    let found = places.into_iter().filter(|place| ones.get(place) != others.get(place));
    let found = found.map(|place| json!({ "place": place, "first": ones.get(&place), "second": others.get(&place) }));
    json!({ "differences": found.collect::<Vec<_>>() })
}

fn leaves(place: &str, value: &Value, found: &mut std::collections::BTreeMap<String, Value>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                leaves(&format!("{place}/{}", name.replace('~', "~0").replace('/', "~1")), value, found);
            }
        }
        Value::Array(list) if !list.is_empty() => {
            for (number, value) in list.iter().enumerate() {
                leaves(&format!("{place}/{number}"), value, found);
            }
        }
        leaf => drop(found.insert(place.to_owned(), leaf.clone())),
    }
}

/// Nullifies a document, with a reason and the word that no other means mends it.
pub(super) async fn nullify(visit: Visit) -> Outcome {
    let settings = settings(&visit)?;
    let desk = desk(&visit, &settings).await?;
    let reason = visit.field("reason").trim().to_owned();
    let is_last = visit.field("last-resort") == "yes";
    let id = visit.parameter("document");
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON || !is_last {
        let notice = Block::Notice(NoticeKind::Refused, visit.t("desk.reason-needed"), Vec::new());
        return Ok(Answer::form_again(document_page(&visit, vec![notice]).await?));
    }
    let body = json!({ "reason": reason, "last-resort": true });
    let answer = desk.post(&["documents", id, "nullification"], body).await.map_err(Failure::Elsewhere)?;
    let notice = match answer {
        DeskAnswer::Done(_) => Block::Notice(NoticeKind::Done, visit.t("desk.done"), Vec::new()),
        DeskAnswer::Refused(why) => Block::Notice(NoticeKind::Refused, visit.t("desk.refused"), vec![why]),
    };
    Ok(Answer::page(document_page(&visit, vec![notice]).await?).detail(format!("nullify {id}")))
}

/// What was done for the customer, as the log of the archive has it.
pub(super) async fn log(visit: Visit) -> Outcome {
    let settings = settings(&visit)?;
    let desk = desk(&visit, &settings).await?;
    let page = Page::new(visit.t("desk.log"));
    let page = match desk.get(&["log"], &[]).await.map_err(Failure::Elsewhere)? {
        DeskAnswer::Refused(why) => page.notice(NoticeKind::Refused, visit.t("desk.refused"), vec![why]),
        DeskAnswer::Done(found) => {
            let names = ["at", "archivist", "register", "action", "about", "reason", "outcome"];
            let rows = found["acts"].as_array().into_iter().flatten();
            let rows = rows.map(|act| names.map(|name| Cell::from(plain(&act[name]))).into());
            page.with(Block::Table(Table {
                caption: visit.t("desk.log"),
                columns: names.map(|name| visit.t(&format!("desk.log-{name}"))).into(),
                rows: rows.collect(),
                empty: visit.t("log.none"),
                ..Table::default()
            }))
        }
    };
    Ok(Answer::page(page))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::differences;

    #[test]
    fn values_are_compared_by_pointer() {
        let (one, other) = (json!({"a/b": [1, 2], "c": "x", "d": {}}), json!({"a/b": [1, 3], "c": "x", "e": null}));
        let found = differences(&one, &other);
        let places: Vec<_> =
            found["differences"].as_array().expect("list").iter().map(|row| row["place"].as_str()).collect();
        assert_eq!(places, [Some("/a~1b/1"), Some("/d"), Some("/e")]);
    }
}
