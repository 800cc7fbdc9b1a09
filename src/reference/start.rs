//! Starting and stopping the reference system.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::api::routes;
use super::identity::IdentityError;
use super::settings::ReferenceSettings;
use super::system::System;

/// Why the system cannot start.
#[derive(Debug, thiserror::Error)]
pub enum ReferenceError {
    /// Keys or certificates are not usable.
    #[error("cannot use the identities of the reference system")]
    Identity(#[from] IdentityError),
    /// The address is taken or not ours.
    #[error("cannot listen on {0}")]
    Listen(SocketAddr, #[source] io::Error),
}

/// A system that listens for its driver.
#[derive(Debug)]
pub struct RunningReference {
    /// Where the driver API is: its base is `http://<address>`.
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

/// Starts a system. It ends with the returned value: dropped or stopped.
///
/// # Errors
/// `Identity` for unusable keys or certificates, `Listen` for an unusable address.
pub async fn start(settings: ReferenceSettings) -> Result<RunningReference, ReferenceError> {
    let bind = settings.bind;
    let router = routes(Arc::new(System::new(settings)?));
    let listening = |error| ReferenceError::Listen(bind, error);
    let listener = TcpListener::bind(bind).await.map_err(listening)?;
    let address = listener.local_addr().map_err(listening)?;
    let (stop, stopped) = oneshot::channel::<()>();
    let task = tokio::spawn(async move {
        let serving = async { axum::serve(listener, router).await };
        // Either the listener breaks, or the holder of the handle lets go; both end the system.
        tokio::select! {
            _ = serving => {}
            _ = stopped => {}
        }
    });
    Ok(RunningReference { address, stop, task })
}

impl RunningReference {
    /// Stops listening and waits until it has.
    pub async fn stop(self) {
        let Self { stop, task, .. } = self;
        drop(stop);
        // A task that panicked has stopped as well.
        let _ = task.await;
    }

    /// Waits until the system ends by itself, which it does only when its listener breaks.
    pub async fn ended(mut self) {
        let _ = (&mut self.task).await;
    }
}
