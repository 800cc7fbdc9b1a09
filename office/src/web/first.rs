//! The first start: an office without accounts gives out one link, for its administrator.

use super::accounts::open_invitation;
use super::app::App;
use crate::access::Role;
use crate::store::{LogEntry, NewAccount, StoreError};

const LOGIN: &str = "administrator";

/// The link of the first administrator: a new one each start until it is used; none from then on.
///
/// # Errors
/// `Unavailable`.
pub async fn first_link(app: &App) -> Result<Option<String>, StoreError> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let account = match app.store.account_by_login(LOGIN).await? {
        Some(account) if account.password.is_empty() && account.provider_subject.is_empty() => account.id,
        Some(_) => return Ok(None),
        None if app.store.has_accounts().await? => return Ok(None),
        None => {
            let new = NewAccount { login: LOGIN.to_owned(), name: "Administrator".to_owned(), ..NewAccount::default() };
            let id = write.add_account(&new, now).await?;
            write.give_right(&id, Role::Administrator, "", "first start", now).await?;
            id
        }
    };
    write.commit().await?;
    invitation_link(app, &account).await.map(Some)
}

/// A new one-time link for an account, whoever it is of.
///
/// # Errors
/// `Unavailable`.
pub async fn invitation_link(app: &App, account: &str) -> Result<String, StoreError> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let secret = open_invitation(&mut write, account, now).await?;
    let entry = LogEntry {
        at: now,
        action: "link by the command line".to_owned(),
        outcome: "done".to_owned(),
        ..LogEntry::default()
    };
    write.note(&LogEntry { detail: format!("account {account}"), ..entry }).await?;
    write.commit().await?;
    Ok(format!("{}/welcome/{}", app.settings.public_address, secret.reveal()))
}
