//! `--sample` and `fill`: an office with invented customers.

use super::console::say;
use super::error::CommandError;
use crate::sample::{Size, fill};
use crate::store::{Store, StoreError};
use crate::web::{App, invitation_link};

/// Fills an empty office and says by which links one account of each role signs in.
pub(super) async fn serve_filled(app: &App, size: Size) -> Result<(), CommandError> {
    let made = match fill(&app.store, size, app.clock.now()).await {
        Err(StoreError::Changed) => {
            say("the office has customers already: the sample was left out");
            return Ok(());
        }
        other => other?,
    };
    for (account, login) in made {
        say(&format!("{login}: {}", invitation_link(app, &account).await?));
    }
    Ok(())
}

/// Fills an empty store and ends.
pub(super) async fn run(url: &str, size: Size, now: i64) -> Result<(), CommandError> {
    let store = Store::open(url).await?;
    fill(&store, size, now).await?;
    store.close().await;
    say(&format!("{} customers with {} contacts each, {} entries of the log", size.customers, size.contacts, size.log));
    Ok(())
}
