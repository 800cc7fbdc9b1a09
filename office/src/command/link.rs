//! `link`: a new one-time link for an account, for the one who lost the second factor and nobody else can help.

use super::console::say;
use super::error::CommandError;
use crate::clock::Clock;
use crate::settings::Settings;
use crate::store::{Store, StoreError};
use crate::web::{App, invitation_link};

pub(super) async fn run(settings: Settings, login: &str) -> Result<(), CommandError> {
    let store = Store::open(&settings.store_url).await?;
    let account = store.account_by_login(login).await?.ok_or(StoreError::Missing)?;
    let app = App::new(settings, store, Clock::default());
    say(&invitation_link(&app, &account.id).await?);
    Ok(())
}
