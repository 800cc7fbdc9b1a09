//! `check-log`: checks the hash chain of the access log.

use super::console::say;
use super::error::CommandError;
use crate::settings::Settings;
use crate::store::Store;

pub(super) async fn run(settings: &Settings) -> Result<(), CommandError> {
    let store = Store::open(&settings.store_url).await?;
    let (number, hash) = store.verify_log().await?;
    say(&format!("the access log is whole: {number} entries, the last one {hash}"));
    Ok(())
}
