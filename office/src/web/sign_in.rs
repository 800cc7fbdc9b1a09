//! Signing in with name, password and one-time code, and signing out.

use super::answer::Answer;
use super::cookies::{own_address, secure, session_cookie};
use super::failure::Failure;
use super::route::Outcome;
use super::visit::Visit;
use crate::access::{is_right_password, matching_step};
use crate::clock::finnish_time;
use crate::page::{Block, Field, FieldKind, Link, NoticeKind, Page};
use crate::store::{Account, LogEntry, Write};

/// Failed sign-ins from one place, as a multiple of those on one account, after which the place must wait.
const PLACE_FACTOR: i64 = 10;

/// The form.
pub(super) async fn show(visit: Visit) -> Outcome {
    Ok(Answer::page(page(&visit, None)))
}

fn page(visit: &Visit, wrong: Option<(NoticeKind, String)>) -> Page {
    let mut page = Page::new(visit.t("sign-in.title"));
    if let Some((kind, text)) = wrong {
        page = page.notice(kind, text, Vec::new());
    }
    if visit.app.settings.provider.is_some() {
        page = page.with(Block::Links(vec![Link::new("/provider/start", visit.t("sign-in.provider"))]));
    }
    let next = if visit.field("next").is_empty() { visit.query.text("next") } else { visit.field("next") };
    let mut login = Field::text("login", visit.t("sign-in.login")).required().value(visit.field("login"));
    login.autocomplete = "username";
    let mut password = Field::of(FieldKind::Password, "password", visit.t("sign-in.password")).required();
    password.autocomplete = "current-password";
    let mut code = Field::text("code", visit.t("sign-in.code")).required().hint(visit.t("sign-in.code-hint"));
    code.autocomplete = "one-time-code";
    let fields = vec![Field::hidden("next", own_address(next)), login, password, code];
    page.with(Block::Form(visit.form("/sign-in", fields, "sign-in.submit")))
}

/// Opens a session for the one who knows all three.
pub(super) async fn sign_in(visit: Visit) -> Outcome {
    let app = &visit.app;
    let login: String = visit.field("login").trim().to_lowercase().chars().take(100).collect();
    let since = visit.now - app.settings.lock_minutes * 60_000;
    let (on_account, on_place) = (format!("account {login}"), format!("place {}", visit.place));
    let most = app.settings.sign_in_attempts;
    if app.store.failed_attempts(&on_place, since).await? >= most * PLACE_FACTOR {
        return Err(Failure::TooMany);
    }
    if app.store.failed_attempts(&on_account, since).await? >= most {
        app.store.note(&entry(&visit, None, &login, "locked")).await?;
        return Ok(Answer::form_again(page(&visit, Some((NoticeKind::Warning, locked(&visit))))));
    }
    let account = app.store.account_by_login(&login).await?;
    let right = proved(&visit, account.as_ref()).await?;
    let mut write = app.store.write().await?;
    if let (Some(account), Some(step)) = (account.as_ref(), right) {
        write.note_sign_in(&account.id, step).await?;
        write.forget_attempts(&on_account).await?;
        let answer = opened(&visit, write, account, "done", visit.field("next")).await?;
        return Ok(answer);
    }
    write.note_attempt(&on_account, visit.now).await?;
    write.note_attempt(&on_place, visit.now).await?;
    write.note(&entry(&visit, account.as_ref(), &login, "wrong")).await?;
    write.commit().await?;
    Ok(Answer::form_again(page(&visit, Some((NoticeKind::Refused, visit.t("sign-in.wrong"))))))
}

/// The step of the code, where account, password and code belong together.
async fn proved(visit: &Visit, account: Option<&Account>) -> Result<Option<i64>, Failure> {
    let usable = account.filter(|account| !account.closed && !account.password.is_empty());
    let (password, stored) = (visit.field("password").to_owned(), usable.map(|account| account.password.clone()));
    let verified = tokio::task::spawn_blocking(move || is_right_password(&password, &stored.unwrap_or_default())).await;
    if !verified.map_err(|error| Failure::Broken(error.to_string()))? {
        return Ok(None);
    }
    let code = visit.field("code");
    Ok(usable.and_then(|account| matching_step(&account.totp_secret, code, visit.now, account.totp_step)))
}

/// Opens a session in `write` and sends its reader on.
pub(super) async fn opened(visit: &Visit, mut write: Write, account: &Account, outcome: &str, next: &str) -> Outcome {
    let app = &visit.app;
    let rights = app.store.rights(&account.id).await?;
    let right = if let [only] = rights.as_slice() { only.id.clone() } else { String::new() };
    let secret = write.open_session(&account.id, &right, visit.now).await?;
    write.note(&entry(visit, Some(account), &account.login, outcome)).await?;
    write.commit().await?;
    let name = session_cookie(app);
    let cookie = format!("{name}={}; Path=/; HttpOnly; SameSite=Lax{}", secret.reveal(), secure(app));
    let next = if rights.len() > 1 { "/account" } else { own_address(next) };
    Ok(Answer::redirect(next).cookie(cookie))
}

fn locked(visit: &Visit) -> String {
    let minutes = visit.app.settings.lock_minutes;
    let until = finnish_time(visit.now + minutes * 60_000);
    visit.words.fill("sign-in.locked", &[("minutes", &minutes.to_string()), ("until", &until[11..16])])
}

fn entry(visit: &Visit, account: Option<&Account>, login: &str, outcome: &str) -> LogEntry {
    let account = account.map(|account| account.id.clone()).unwrap_or_default();
    LogEntry { account, login: login.to_owned(), detail: visit.place.clone(), ..visit.entry(outcome) }
}

/// Ends the session.
pub(super) async fn sign_out(visit: Visit) -> Outcome {
    let mut write = visit.app.store.write().await?;
    write.end_session(&visit.acting()?.session).await?;
    write.note(&visit.entry("done")).await?;
    write.commit().await?;
    let name = session_cookie(&visit.app);
    let cookie = format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{}", secure(&visit.app));
    Ok(Answer::redirect("/sign-in").cookie(cookie).logged())
}
