//! Messages: composed from a template, shown before they go, sent, and what came back.

use super::answer::Answer;
use super::failure::Failure;
use super::lists::{fields, persons, table, wanted};
use super::route::Outcome;
use super::visit::Visit;
use crate::access::{Secret, digest};
use crate::clock::finnish_time;
use crate::mail::{ANSWER_KEY, answer_secret, failed_addresses, mark_bounced};
use crate::page::{Block, Cell, Choice, Fact, Field, FieldKind, Form, Link, NoticeKind, Page, Table};
use crate::store::{ListQuery, LogEntry, Message, Recipient, StoreError};

/// Kinds of messages.
const KINDS: [&str; 3] = ["disruption", "meeting", "enquiry"];
const LONGEST_SUBJECT: usize = 200;
const LONGEST_BODY: usize = 20_000;

/// All messages.
pub(super) async fn list(visit: Visit) -> Outcome {
    let messages = visit.app.store.messages().await?;
    let rows = messages.iter().map(|message| {
        let sent = if message.sent_at == 0 { visit.t("message.draft") } else { finnish_time(message.sent_at) };
        vec![
            Cell::linked(&message.subject, format!("/messages/{}", message.id)),
            visit.t(&format!("message.{}", message.kind)).into(),
            sent.into(),
            Cell::from(&message.made_by),
        ]
    });
    let columns = ["message.subject", "message.kind", "message.sent", "message.by"];
    let table = Table {
        caption: visit.t("navigation.messages"),
        columns: columns.map(|key| visit.t(key)).into(),
        rows: rows.collect(),
        empty: visit.t("message.none"),
        ..Table::default()
    };
    let file = Field::of(FieldKind::File, "file", visit.t("message.report")).required();
    let report = visit.form("/undelivered", vec![file.hint(visit.t("message.report-hint"))], "message.read-report");
    Ok(Answer::page(
        Page::new(visit.t("navigation.messages"))
            .with(Block::Links(vec![Link::new("/messages/new", visit.t("message.new"))]))
            .with(Block::Table(table))
            .heading(visit.t("message.undelivered"))
            .with(Block::Form(report)),
    ))
}

/// The form of a new message, with the words of its kind's template.
pub(super) async fn new(visit: Visit) -> Outcome {
    let kind = KINDS.into_iter().find(|kind| *kind == visit.query.text("message")).unwrap_or(KINDS[0]);
    let links = KINDS.map(|other| {
        let address = format!("/messages/new?{}", visit.query.query_with("message", other));
        Link::new(address, visit.t(&format!("message.{other}")))
    });
    let list = wanted(&visit);
    let (subject, body) = (visit.t(&format!("template.{kind}-subject")), visit.t(&format!("template.{kind}-body")));
    let form = message_form(&visit, kind, &list, (&subject, &body), "");
    let page = Page::new(visit.t("message.new")).paragraph(visit.t("message.template"));
    Ok(Answer::page(page.with(Block::Links(links.into())).with(Block::Form(form))))
}

fn message_form(visit: &Visit, kind: &str, list: &ListQuery, words: (&str, &str), wrong: &str) -> Form {
    let choice = |code: &str| Choice {
        value: code.to_owned(),
        label: visit.t(&format!("message.{code}")),
        chosen: code == kind,
    };
    let mut all = vec![Field::of(FieldKind::One(KINDS.map(choice).into()), "message", visit.t("message.kind"))];
    all.extend(fields(visit, list));
    all.push(Field::text("subject", visit.t("message.subject")).required().value(words.0));
    let body = Field::of(FieldKind::Lines, "body", visit.t("message.body")).required().value(words.1);
    all.push(Field { error: wrong.to_owned(), ..body });
    visit.form("/messages/new", all, "message.preview")
}

fn are_words(subject: &str, body: &str) -> bool {
    let is_line = !subject.contains('\n') && (1..=LONGEST_SUBJECT).contains(&subject.chars().count());
    is_line && (1..=LONGEST_BODY).contains(&body.chars().count())
}

/// Keeps a draft and shows it as it would go.
pub(super) async fn add(visit: Visit) -> Outcome {
    let text = |name: &str| visit.field(name).trim().to_owned();
    let kind = KINDS.into_iter().find(|kind| *kind == visit.field("message")).ok_or(Failure::UnreadableForm)?;
    let list = ListQuery {
        role: text("role"),
        service: text("service"),
        customer_kind: text("kind"),
        target_group: text("target"),
    };
    let (subject, body) = (text("subject"), text("body"));
    if !are_words(&subject, &body) {
        let form = message_form(&visit, kind, &list, (&subject, &body), visit.words.t("message.wrong"));
        return Ok(Answer::form_again(Page::new(visit.t("message.new")).with(Block::Form(form))));
    }
    let message = Message {
        id: String::new(),
        kind: kind.to_owned(),
        subject,
        body,
        list,
        state: String::new(),
        made_by: visit.acting()?.login.clone(),
        made_at: visit.now,
        sent_at: 0,
        version: 1,
    };
    let mut write = visit.app.store.write().await?;
    let id = write.add_message(&message).await?;
    write.note(&LogEntry { detail: format!("message {id} begun"), ..visit.entry("done") }).await?;
    write.commit().await?;
    Ok(Answer::redirect(format!("/messages/{id}")).logged())
}

/// A draft as it would go, or a sent message with what became of it.
pub(super) async fn show(visit: Visit) -> Outcome {
    let message = visit.app.store.message(visit.parameter("message")).await?;
    let facts = vec![
        Fact::new(visit.t("message.kind"), visit.t(&format!("message.{}", message.kind))),
        Fact::new(visit.t("message.subject"), &message.subject),
        Fact::new(visit.t("message.by"), &message.made_by),
    ];
    let page = Page::new(&message.subject).with(Block::Facts(facts)).with(Block::Preformatted(message.body.clone()));
    if message.state == "draft" { draft(&visit, page, &message).await } else { sent(&visit, page, &message).await }
}

async fn draft(visit: &Visit, page: Page, message: &Message) -> Outcome {
    let address = format!("/messages/{}", message.id);
    let list = visit.app.store.distribution_list(&message.list).await?;
    let version = || Field::hidden("version", message.version.to_string());
    let change = vec![
        version(),
        Field::text("subject", visit.t("message.subject")).required().value(&message.subject),
        Field::of(FieldKind::Lines, "body", visit.t("message.body")).required().value(&message.body),
    ];
    let page = page
        .notice(NoticeKind::Information, visit.t("message.before"), vec![visit.t("message.before-then")])
        .with(Block::Table(table(visit, &list)))
        .with(Block::Form(visit.form(format!("{address}/send"), vec![version()], "message.send")))
        .heading(visit.t("message.change"))
        .with(Block::Form(visit.form(format!("{address}/change"), change, "record.save")));
    Ok(Answer::page(page).showing(persons(&list)))
}

async fn sent(visit: &Visit, page: Page, message: &Message) -> Outcome {
    let recipients = visit.app.store.recipients(&message.id).await?;
    let rows = recipients.iter().map(|recipient| {
        let address = format!("/customers/{}/contacts/{}", recipient.customer, recipient.contact);
        let state = visit.t(&format!("delivery.{}", recipient.state));
        let class = match recipient.state.as_str() {
            "sent" | "written" => "done",
            "failed" | "bounced" => "refused",
            _ => "warning",
        };
        let email = if recipient.email.is_empty() { visit.t("message.destroyed") } else { recipient.email.clone() };
        let answered = if recipient.answered_at == 0 { String::new() } else { finnish_time(recipient.answered_at) };
        vec![
            Cell::linked(email, address),
            Cell::marked(state, class),
            Cell::from(&recipient.detail),
            Cell::from(answered),
            Cell::from(&recipient.answer),
        ]
    });
    let columns = ["field.email", "message.state", "log.detail", "message.answered", "message.answer"];
    let table = Table {
        caption: visit.words.fill("list.count", &[("count", &recipients.len().to_string())]),
        columns: columns.map(|key| visit.t(key)).into(),
        rows: rows.collect(),
        empty: visit.t("list.nobody"),
        ..Table::default()
    };
    let mut page = page.paragraph(format!("{}: {}", visit.t("message.sent"), finnish_time(message.sent_at)));
    page = page.with(Block::Table(table));
    if recipients.iter().any(|recipient| matches!(recipient.state.as_str(), "failed" | "taken")) {
        let retry = visit.form(format!("/messages/{}/retry", message.id), Vec::new(), "message.retry");
        page = page.paragraph(visit.t("message.retry-then")).with(Block::Form(retry));
    }
    Ok(Answer::page(page).showing(recipients.into_iter().map(|recipient| recipient.contact).collect()))
}

/// Changes the words of a draft.
pub(super) async fn change(visit: Visit) -> Outcome {
    let (subject, body) = (visit.field("subject").trim(), visit.field("body").trim());
    if !are_words(subject, body) {
        return Err(Failure::NotPossible("message.wrong"));
    }
    let id = visit.parameter("message");
    let mut write = visit.app.store.write().await?;
    write.change_message(id, visit.posted.fields.number("version"), subject, body).await?;
    write.note(&LogEntry { detail: format!("message {id} changed"), ..visit.entry("done") }).await?;
    write.commit().await?;
    Ok(Answer::redirect(format!("/messages/{id}")).logged())
}

/// Sends a draft: its recipients are written down, and the office delivers to them from now on.
pub(super) async fn send(visit: Visit) -> Outcome {
    let store = &visit.app.store;
    let message = store.message(visit.parameter("message")).await?;
    let list = store.distribution_list(&message.list).await?;
    if list.is_empty() {
        return Err(Failure::NotPossible("list.nobody"));
    }
    let mut key = store.remembered(ANSWER_KEY).await?;
    let mut write = store.write().await?;
    if key.is_empty() {
        key = Secret::new().reveal().to_owned();
        write.remember(ANSWER_KEY, &key).await?;
    }
    write.send_message(&message.id, visit.posted.fields.number("version"), visit.now).await?;
    for listed in &list {
        let asks = message.kind == "enquiry";
        let secret = answer_secret(&key, &message.id, &listed.contact);
        let recipient = Recipient {
            message: message.id.clone(),
            contact: listed.contact.clone(),
            customer: listed.customer.clone(),
            email: listed.email.clone(),
            answer_hash: if asks { digest(secret.as_bytes()) } else { String::new() },
            state: String::new(),
            detail: String::new(),
            answer: String::new(),
            answered_at: 0,
        };
        write.add_recipient(&recipient, visit.now).await?;
    }
    let detail = format!("message {} to {} contacts", message.id, list.len());
    write.note(&LogEntry { detail, persons: persons(&list), ..visit.entry("done") }).await?;
    write.commit().await?;
    visit.app.deliver.notify_one();
    Ok(Answer::redirect(format!("/messages/{}", message.id)).logged())
}

/// Sends again to those to whom it did not get through.
pub(super) async fn retry(visit: Visit) -> Outcome {
    let id = visit.parameter("message");
    let mut write = visit.app.store.write().await?;
    let again = write.retry_failed(id, visit.now).await?;
    write.note(&LogEntry { detail: format!("message {id} again to {again}"), ..visit.entry("done") }).await?;
    write.commit().await?;
    visit.app.deliver.notify_one();
    Ok(Answer::redirect(format!("/messages/{id}")).logged())
}

/// Reads a report of mail that could not be delivered, and marks the contacts.
pub(super) async fn undelivered(visit: Visit) -> Outcome {
    let Some(file) = visit.posted.file("file") else { return Err(Failure::NotPossible("import.no-file")) };
    let addresses = failed_addresses(&file.bytes);
    let mut marked = 0;
    for address in &addresses {
        marked += mark_bounced(&visit.app.store, address, "report of undelivered mail", visit.now).await?;
    }
    let (kind, key) = match (addresses.len(), marked) {
        (0, _) => (NoticeKind::Refused, "message.no-report"),
        _ => (NoticeKind::Done, "message.marked"),
    };
    let text = visit.words.fill(key, &[("count", &marked.to_string())]);
    let back = vec![Link::new("/messages", visit.t("navigation.messages"))];
    let page = Page::new(visit.t("message.undelivered")).notice(kind, text, Vec::new()).with(Block::Links(back));
    Ok(Answer::page(page).detail(format!("{} addresses, {marked} contacts marked", addresses.len())))
}

/// The page behind the link of an enquiry.
pub(super) async fn answer_form(visit: Visit) -> Outcome {
    let (recipient, message) = asked(&visit).await?;
    Ok(Answer::page(answer_page(&visit, &recipient, &message, "")))
}

async fn asked(visit: &Visit) -> Result<(Recipient, Message), Failure> {
    let hash = digest(visit.parameter("token").as_bytes());
    let recipient = visit.app.store.recipient_of_answer(&hash).await?;
    let message = visit.app.store.message(&recipient.message).await?;
    if recipient.email.is_empty() { Err(Failure::NotFound) } else { Ok((recipient, message)) }
}

fn answer_page(visit: &Visit, recipient: &Recipient, message: &Message, wrong: &str) -> Page {
    let field = Field::of(FieldKind::Lines, "answer", visit.t("message.answer")).required().value(&recipient.answer);
    let field = Field { error: wrong.to_owned(), ..field };
    let action = format!("/answers/{}", visit.parameter("token"));
    let mut page = Page::new(&message.subject).with(Block::Preformatted(message.body.clone()));
    if recipient.answered_at != 0 {
        page = page.notice(NoticeKind::Done, visit.t("message.thanks"), vec![visit.t("message.thanks-then")]);
    }
    page.with(Block::Form(visit.form(action, vec![field], "message.submit-answer")))
}

/// Keeps an answer.
pub(super) async fn answer(visit: Visit) -> Outcome {
    let (mut recipient, message) = asked(&visit).await?;
    let answer = visit.field("answer").trim().to_owned();
    let is_foreign = crate::harness::foreign_identity_code_in(answer.as_bytes()).is_some();
    if is_foreign || !(1..=LONGEST_BODY).contains(&answer.chars().count()) {
        let key = if is_foreign { "wrong.identity-code" } else { "wrong.needed" };
        recipient.answer = if is_foreign { String::new() } else { answer };
        return Ok(Answer::form_again(answer_page(&visit, &recipient, &message, visit.words.t(key))));
    }
    let mut write = visit.app.store.write().await?;
    write.keep_answer(&recipient, &answer, visit.now).await?;
    let entry = visit.entry("done");
    let persons = vec![recipient.contact.clone()];
    write.note(&LogEntry { customer: recipient.customer.clone(), persons, ..entry }).await?;
    write.commit().await.map_err(|error: StoreError| Failure::from(error))?;
    Ok(Answer::redirect(format!("/answers/{}", visit.parameter("token"))))
}
