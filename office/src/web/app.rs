//! What every request can reach.

use std::sync::Arc;

use super::limiter::Limiter;
use super::metrics::Metrics;
use tokio::sync::Notify;

use crate::clock::Clock;
use crate::settings::Settings;
use crate::store::{SessionLimits, Store};

/// The office at work. Clones share everything.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// Its parts.
pub struct Parts {
    /// Settings.
    pub settings: Settings,
    /// The database.
    pub store: Store,
    /// The clock.
    pub clock: Clock,
    /// Wakes the one who delivers messages.
    pub deliver: Notify,
    pub(super) limiter: Limiter,
    pub(super) metrics: Metrics,
}

impl App {
    /// An office with these settings, on this database, by this clock.
    pub fn new(settings: Settings, store: Store, clock: Clock) -> Self {
        let limiter = Limiter::new(settings.requests_per_minute);
        Self(Arc::new(Parts { settings, store, clock, deliver: Notify::new(), limiter, metrics: Metrics::default() }))
    }

    /// How long sessions last.
    pub fn session_limits(&self) -> SessionLimits {
        SessionLimits {
            idle: self.settings.session_idle_minutes * 60_000,
            longest: self.settings.session_longest_hours * 3_600_000,
        }
    }
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
