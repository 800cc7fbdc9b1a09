//! The administrator's pages: accounts, rights, one-time links.

use super::answer::Answer;
use super::failure::Failure;
use super::route::Outcome;
use super::visit::Visit;
use crate::access::{AccountRight, Role, Secret, new_totp_secret};
use crate::page::{Block, Cell, Choice, Field, FieldKind, Form, NoticeKind, Page, Table};
use crate::store::{Account, Invitation, LogEntry, NewAccount, StoreError, Write};

/// How long a one-time link is open, in milliseconds.
pub(crate) const INVITATION_LASTS: i64 = 7 * 24 * 3_600_000;
const LONGEST: usize = 200;

/// All accounts, and a form for a new one.
pub(super) async fn list(visit: Visit) -> Outcome {
    let page = list_page(&visit, Vec::new()).await?;
    Ok(Answer::page(page))
}

async fn list_page(visit: &Visit, wrong: Vec<(&str, String)>) -> Result<Page, Failure> {
    let accounts = visit.app.store.accounts().await?;
    let rows = accounts.iter().map(|account| {
        let state = visit.t(&format!("accounts.{}", state(account)));
        vec![
            Cell::linked(&account.login, format!("/accounts/{}", account.id)),
            Cell::from(&account.name),
            Cell::from(&account.email),
            Cell::from(state),
        ]
    });
    let table = Table {
        caption: visit.t("navigation.accounts"),
        columns: ["sign-in.login", "account.name", "account.email", "accounts.state"].map(|key| visit.t(key)).into(),
        rows: rows.collect(),
        ..Table::default()
    };
    let field = |name: &str, key: &str| {
        let error = wrong.iter().find(|(field, _)| *field == name).map(|(_, text)| text.clone()).unwrap_or_default();
        Field { error, ..Field::text(name, visit.t(key)).value(visit.field(name)) }
    };
    let fields = vec![
        field("login", "sign-in.login").required(),
        field("name", "account.name").required(),
        Field { kind: FieldKind::Email, ..field("email", "account.email") },
    ];
    Ok(Page::new(visit.t("navigation.accounts"))
        .with(Block::Table(table))
        .heading(visit.t("accounts.new"))
        .with(Block::Form(visit.form("/accounts", fields, "accounts.add"))))
}

fn state(account: &Account) -> &'static str {
    match account {
        _ if account.closed => "closed",
        _ if !account.provider_subject.is_empty() => "by-provider",
        _ if account.password.is_empty() => "invited",
        _ => "open",
    }
}

/// Makes an account.
pub(super) async fn add(visit: Visit) -> Outcome {
    let [login, name, email] = ["login", "name", "email"].map(|name| visit.field(name).trim().to_owned());
    let is_login = |c: char| c.is_alphanumeric() || ".-_@".contains(c);
    let mut wrong = Vec::new();
    if login.is_empty() || login.len() > 100 || !login.chars().all(is_login) {
        wrong.push(("login", visit.t("accounts.wrong-login")));
    }
    if name.is_empty() || name.chars().count() > LONGEST {
        wrong.push(("name", visit.t("wrong.needed")));
    }
    if !email.is_empty() && email.parse::<lettre::Address>().is_err() {
        wrong.push(("email", visit.t("wrong.email")));
    }
    if !wrong.is_empty() {
        return Ok(Answer::form_again(list_page(&visit, wrong).await?));
    }
    let mut write = visit.app.store.write().await?;
    let new = NewAccount { login, name, email, ..NewAccount::default() };
    let added = write.add_account(&new, visit.now).await;
    if matches!(added, Err(StoreError::Changed)) {
        drop(write);
        return Ok(Answer::form_again(list_page(&visit, vec![("login", visit.t("accounts.taken"))]).await?));
    }
    let id = added?;
    write.note(&LogEntry { detail: format!("account {id}"), ..visit.entry("done") }).await?;
    write.commit().await?;
    Ok(Answer::redirect(format!("/accounts/{id}")).logged())
}

/// One account with its rights.
pub(super) async fn show(visit: Visit) -> Outcome {
    let account = account(&visit).await?;
    Ok(Answer::page(account_page(&visit, &account, None, "").await?))
}

async fn account(visit: &Visit) -> Result<Account, Failure> {
    visit.app.store.account(visit.parameter("account")).await?.ok_or(Failure::NotFound)
}

async fn account_page(visit: &Visit, account: &Account, link: Option<String>, wrong: &str) -> Result<Page, Failure> {
    let address = format!("/accounts/{}", account.id);
    let mut page = Page::new(&account.name);
    if let Some(link) = link {
        page = page.notice(NoticeKind::Done, visit.t("accounts.link"), vec![link]);
    }
    page = page.heading(visit.t("accounts.rights"));
    let rights = visit.app.store.rights(&account.id).await?;
    if rights.is_empty() {
        page = page.paragraph(visit.t("account.no-role"));
    }
    for right in rights {
        page = page.paragraph(right_label(visit, &right).await?);
        let action = format!("{address}/rights/{}/take", right.id);
        page = page.with(Block::Form(visit.form(action, Vec::new(), "accounts.take")));
    }
    let chosen = visit.field("role");
    let choices = Role::ALL.map(|role| Choice {
        value: role.code().to_owned(),
        label: visit.t(&format!("role.{}", role.code())),
        chosen: chosen == role.code(),
    });
    let role = Field::of(FieldKind::One(choices.into()), "role", visit.t("account.role"));
    let customer = Field { error: wrong.to_owned(), ..Field::text("customer", visit.t("accounts.customer")) };
    let customer = customer.hint(visit.t("accounts.customer-hint")).value(visit.field("customer"));
    let give = visit.form(format!("{address}/rights"), vec![role, customer], "accounts.give");
    let (close, key) = if account.closed { ("open", "accounts.open-again") } else { ("close", "accounts.close") };
    let fields = vec![Field::hidden("state", close)];
    let closing = Form { is_final: !account.closed, ..visit.form(format!("{address}/state"), fields, key) };
    Ok(page
        .with(Block::Form(give))
        .heading(visit.t("accounts.sign-in"))
        .paragraph(visit.t("accounts.link-then"))
        .with(Block::Form(visit.form(format!("{address}/invitation"), Vec::new(), "accounts.invite")))
        .with(Block::Form(closing)))
}

/// A right in words.
pub(super) async fn right_label(visit: &Visit, right: &AccountRight) -> Result<String, Failure> {
    let role = visit.t(&format!("role.{}", right.role.code()));
    if right.customer.is_empty() {
        return Ok(role);
    }
    let name = visit.app.store.customer_name(&right.customer).await?;
    Ok(format!("{role}: {}", name.unwrap_or_else(|| right.customer.clone())))
}

/// Gives a right.
pub(super) async fn give(visit: Visit) -> Outcome {
    let account = account(&visit).await?;
    let role = Role::of(visit.field("role")).ok_or(Failure::UnreadableForm)?;
    let customer = visit.field("customer").trim().to_owned();
    let is_known = !customer.is_empty() && visit.app.store.customer_name(&customer).await?.is_some();
    let wrong = match (role.is_for_a_customer(), customer.is_empty(), is_known) {
        (true, _, false) => "accounts.customer-needed",
        (false, false, _) => "accounts.customer-not-here",
        _ => "",
    };
    if !wrong.is_empty() {
        let page = account_page(&visit, &account, None, visit.words.t(wrong)).await?;
        return Ok(Answer::form_again(page));
    }
    let mut write = visit.app.store.write().await?;
    let giver = visit.acting()?.login.clone();
    write.give_right(&account.id, role, &customer, &giver, visit.now).await?;
    let detail = format!("account {} role {} for {customer:?}", account.id, role.code());
    done(&visit, write, detail, &account.id).await
}

/// Takes a right away.
pub(super) async fn take(visit: Visit) -> Outcome {
    let account = account(&visit).await?;
    if account.id == visit.acting()?.account {
        return Err(Failure::NotPossible("accounts.own"));
    }
    let mut write = visit.app.store.write().await?;
    write.take_right(&account.id, visit.parameter("right")).await?;
    let detail = format!("account {} right {}", account.id, visit.parameter("right"));
    done(&visit, write, detail, &account.id).await
}

/// Closes an account, or opens it again.
pub(super) async fn set_state(visit: Visit) -> Outcome {
    let account = account(&visit).await?;
    if account.id == visit.acting()?.account {
        return Err(Failure::NotPossible("accounts.own"));
    }
    let mut write = visit.app.store.write().await?;
    let closed = visit.field("state") == "close";
    write.close_account(&account.id, closed).await?;
    done(&visit, write, format!("account {} closed {closed}", account.id), &account.id).await
}

/// Makes a one-time link and shows it once.
pub(super) async fn invite(visit: Visit) -> Outcome {
    let account = account(&visit).await?;
    if account.closed {
        return Err(Failure::NotPossible("accounts.is-closed"));
    }
    let mut write = visit.app.store.write().await?;
    let secret = open_invitation(&mut write, &account.id, visit.now).await?;
    write.note(&LogEntry { detail: format!("account {}", account.id), ..visit.entry("done") }).await?;
    write.commit().await?;
    let link = format!("{}/welcome/{}", visit.app.settings.public_address, secret.reveal());
    Ok(Answer::page(account_page(&visit, &account, Some(link), "").await?).logged())
}

/// Opens an invitation for an account; its secret.
pub(crate) async fn open_invitation(write: &mut Write, account: &str, now: i64) -> Result<Secret, StoreError> {
    let secret = Secret::new();
    let (account, totp_secret) = (account.to_owned(), new_totp_secret());
    let invitation = Invitation { token_hash: secret.digest(), account, totp_secret };
    write.invite(&invitation, now + INVITATION_LASTS).await?;
    Ok(secret)
}

async fn done(visit: &Visit, mut write: Write, detail: String, account: &str) -> Outcome {
    write.note(&LogEntry { detail, ..visit.entry("done") }).await?;
    write.commit().await?;
    Ok(Answer::redirect(format!("/accounts/{account}")).logged())
}
