//! `serve`: the office at work.

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::background::{deliveries, nights};
use super::console::say;
use super::error::CommandError;
use super::sample::serve_filled;
use crate::clock::Clock;
use crate::mail::Post;
use crate::sample::Size;
use crate::settings::Settings;
use crate::store::{Ledger, Store};
use crate::web::{App, first_link, metrics_router, serve, set_clock};

/// The office that `--sample` fills.
const SAMPLE: Size = Size { customers: 40, contacts: 4, log: 0 };

pub(super) async fn run(mut settings: Settings, with_sample: bool) -> Result<(), CommandError> {
    let store = Store::open(&settings.store_url).await?;
    let listener = bind(settings.bind).await?;
    // Port 0 is any free one; people are told which.
    let bound = listener.local_addr().map_err(|error| CommandError::System(settings.bind.to_string(), error))?;
    if settings.public_address == format!("http://{}", settings.bind) {
        settings.public_address = format!("http://{bound}");
    }
    let app = App::new(settings, store, Clock::default());
    set_clock(&app).await?;
    if let Some(address) = app.settings.metrics_bind {
        let (metrics, listener) = (metrics_router(&app), bind(address).await?);
        tokio::spawn(async move { axum::serve(listener, metrics).await });
    }
    let again = Ledger::of(&app.settings.folder)
        .apply(&app.store)
        .await
        .map_err(|error| CommandError::Ledger(error.to_string()))?;
    if again > 0 {
        say(&format!("{again} records that had been destroyed had come back and were destroyed again"));
    }
    tokio::spawn(nights(app.clone()));
    tokio::spawn(deliveries(app.clone(), Post::of(&app.settings).map_err(CommandError::Settings)?));
    say(&format!("the office is open at {}", app.settings.public_address));
    if let Some(link) = first_link(&app).await? {
        say(&format!("the first administrator chooses a password at\n{link}"));
    }
    if with_sample {
        serve_filled(&app, SAMPLE).await?;
    }
    let stopped = stop();
    serve(&app, listener, stopped).await.map_err(|error| CommandError::System("the listener".to_owned(), error))?;
    app.store.close().await;
    Ok(())
}

async fn bind(address: std::net::SocketAddr) -> Result<TcpListener, CommandError> {
    TcpListener::bind(address).await.map_err(|error| CommandError::System(address.to_string(), error))
}

async fn stop() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
