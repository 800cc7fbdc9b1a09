//! How a connection ends that gets no answer.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

/// How long a caller is heard whose connection is half closed.
const HEARING: Duration = Duration::from_secs(2);

/// How a connection ends that gets no answer. Stands among the extensions of a response that is never sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionEnd {
    /// It is closed.
    Closed,
    /// It is reset: the caller's system drops what it has of it.
    Reset,
    /// Our half ends in due form; what the caller sends is read for two seconds more.
    HalfClosed,
}

/// A connection whose socket can be reached.
pub(super) trait ClientStream: AsyncRead + AsyncWrite + Unpin + Send + 'static {
    /// The socket below.
    fn socket(&self) -> &TcpStream;
}

impl ClientStream for TcpStream {
    fn socket(&self) -> &TcpStream {
        self
    }
}

impl ClientStream for TlsStream<TcpStream> {
    fn socket(&self) -> &TcpStream {
        self.get_ref().0
    }
}

impl ConnectionEnd {
    /// Ends the connection so. Whatever fails here ends it too.
    pub(super) async fn apply(self, mut line: impl ClientStream) {
        match self {
            Self::Closed => {}
            Self::Reset => {
                let _ = line.socket().set_zero_linger();
            }
            Self::HalfClosed => {
                let hearing = async {
                    line.shutdown().await?;
                    let mut heard = [0; 1024];
                    while line.read(&mut heard).await? > 0 {}
                    Ok::<(), std::io::Error>(())
                };
                let _ = tokio::time::timeout(HEARING, hearing).await;
            }
        }
    }
}
