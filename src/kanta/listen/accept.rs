//! The accept loop. Handshakes run in tasks of their own, so that a slow caller blocks nobody.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::connection::{Ends, serve};
use super::connection_end::ClientStream;
use super::tls::{ServerConfigs, ShownCertificate, caller, reason};
use super::{Bounds, Tls, TlsError};
use crate::evidence::Caller;

/// Pause after the system gave no connection, for instance for want of file descriptors.
const BREATH: Duration = Duration::from_millis(50);

/// Told of every refused handshake: who called, why it failed, and what was shown.
type Refusal = Arc<dyn Fn(Caller, String, ShownCertificate) + Send + Sync>;
/// Says what to show in the handshake that begins.
type NextCertificate = Arc<dyn Fn() -> ShownCertificate + Send + Sync>;

/// What is behind the listening socket.
pub(in crate::kanta) struct ConnectionSettings {
    pub(in crate::kanta) service: Router,
    /// Hears of refused handshakes.
    pub(in crate::kanta) refusal: Refusal,
    /// What a caller may take.
    pub(in crate::kanta) bounds: Bounds,
    /// What the next handshake shows.
    pub(in crate::kanta) next_certificate: NextCertificate,
    /// Changes when connections have to be made anew.
    pub(in crate::kanta) renewals: watch::Receiver<u64>,
}

/// A listening endpoint; dropped, it ends.
#[derive(Debug)]
pub(in crate::kanta) struct Listening {
    stop: watch::Sender<bool>,
}

impl Listening {
    /// Begins to accept connections.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub(in crate::kanta) fn start(
        listener: TcpListener,
        tls: &Tls,
        settings: ConnectionSettings,
    ) -> Result<Self, TlsError> {
        let acceptor = tls.configs()?.map(Arc::new);
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(accept(listener, acceptor, Arc::new(settings), stopped));
        Ok(Self { stop })
    }

    /// Accepts no more, lets requests in progress end within the bounds, and returns then.
    pub(in crate::kanta) async fn stop(&self) {
        self.stop.send_replace(true);
        // The loop and every connection hold a receiver until they end.
        self.stop.closed().await;
    }
}

async fn accept(
    listener: TcpListener,
    tls: Option<Arc<ServerConfigs>>,
    settings: Arc<ConnectionSettings>,
    mut stop: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(settings.bounds.connections));
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await.ok()?;
            Some((listener.accept().await, place))
        };
        let accepted = tokio::select! {
            accepted = next => accepted,
            _ = stop.wait_for(|stopped| *stopped) => None,
        };
        let Some((connection, place)) = accepted else { return };
        match connection {
            Ok((stream, address)) => {
                let incoming =
                    IncomingConnection { address, place, settings: Arc::clone(&settings), stop: stop.clone() };
                tokio::spawn(incoming.welcome(stream, tls.clone()));
            }
            Err(error) => {
                tracing::warn!(%error, "no connection could be accepted");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
}

/// One connection on its way in.
struct IncomingConnection {
    address: SocketAddr,
    /// Freed when the connection ends.
    place: OwnedSemaphorePermit,
    settings: Arc<ConnectionSettings>,
    stop: watch::Receiver<bool>,
}

impl IncomingConnection {
    async fn welcome(self, stream: TcpStream, tls: Option<Arc<ServerConfigs>>) {
        // Without it the second small packet of an answer may wait for the caller's acknowledgement.
        let _ = stream.set_nodelay(true);
        match tls {
            None => self.serve(stream, None, ShownCertificate::Own).await,
            Some(configs) => self.shake_hands(stream, &configs).await,
        }
    }

    async fn shake_hands(mut self, stream: TcpStream, configs: &ServerConfigs) {
        let mut certificate = ShownCertificate::Own;
        let handshake = async {
            // A caller that leaves without a byte, as probes of open ports do, sees no certificate.
            if stream.peek(&mut [0]).await? == 0 {
                return Ok(None);
            }
            certificate = (self.settings.next_certificate)();
            TlsAcceptor::from(configs.of(certificate)).accept(stream).await.map(Some)
        };
        let handshake = tokio::time::timeout(self.settings.bounds.handshake, handshake);
        let shaken: Result<std::io::Result<Option<TlsStream<TcpStream>>>, _> = tokio::select! {
            shaken = handshake => shaken,
            _ = self.stop.wait_for(|stopped| *stopped) => return,
        };
        match shaken {
            Ok(Ok(Some(stream))) => {
                let chain = stream.get_ref().1.peer_certificates().unwrap_or_default();
                let first = chain.first().map(|certificate| certificate.clone().into_owned());
                self.serve(stream, first, certificate).await;
            }
            Ok(Ok(None)) => {}
            Ok(Err(error)) => self.refuse(reason(&error), certificate),
            Err(_) => self.refuse("the handshake was not finished in time".to_owned(), certificate),
        }
    }

    async fn serve(
        self,
        stream: impl ClientStream,
        client: Option<rustls::pki_types::CertificateDer<'static>>,
        certificate: ShownCertificate,
    ) {
        let caller = caller(self.address.to_string(), client.as_ref());
        let mut renewals = self.settings.renewals.clone();
        // Only those from now on concern this connection.
        renewals.mark_unchanged();
        let ends = Ends { stop: self.stop, renewals };
        serve(stream, (caller, certificate), self.settings.service.clone(), self.settings.bounds, ends).await;
        drop(self.place);
    }

    fn refuse(&self, reason: String, certificate: ShownCertificate) {
        let caller = Caller { address: self.address.to_string(), ..Caller::default() };
        (self.settings.refusal)(caller, reason, certificate);
    }
}
