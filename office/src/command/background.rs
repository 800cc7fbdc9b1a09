//! What the office does by itself: the nightly job, and delivering messages.

use std::time::Duration;

use crate::mail::{Post, deliver_waiting};
use crate::night::{Night, tick};
use crate::store::Ledger;
use crate::web::{App, set_clock};

/// How often the clock is looked at, and messages that wait.
const STEP: Duration = Duration::from_secs(60);

/// Looks at the clock for ever.
pub(super) async fn nights(app: App) {
    let ledger = Ledger::of(&app.settings.folder);
    let mut step = tokio::time::interval(STEP);
    loop {
        step.tick().await;
        // Another instance may have moved it.
        if let Err(error) = set_clock(&app).await {
            tracing::error!(%error, "the clock of the rehearsal could not be read");
        }
        match tick(&app.store, &app.clock, &ledger, app.session_limits()).await {
            Ok(Night::Nothing) => {}
            Ok(Night::Halted(seen)) => {
                tracing::warn!(seen, "the clock jumped: the nightly job waits for a person's word");
            }
            Ok(Night::Done(destroyed, planned)) => tracing::info!(destroyed, planned, "the nightly job is done"),
            Err(error) => tracing::error!(%error, "the nightly job failed and is tried again"),
        }
    }
}

/// Delivers messages for ever.
pub(super) async fn deliveries(app: App, post: Post) {
    let address = app.settings.public_address.clone();
    loop {
        if let Err(error) = deliver_waiting(&app.store, &post, &address, app.clock.now()).await {
            tracing::error!(%error, "messages could not be delivered and are tried again");
        }
        tokio::select! {
            () = app.deliver.notified() => {}
            () = tokio::time::sleep(STEP) => {}
        }
    }
}
