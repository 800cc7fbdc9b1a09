//! Sockets: the accept loop, TLS, one HTTP/1 connection, the bounded reading of a body, and how answers and
//! connections end on purpose. What a request means is not known here.

mod accept;
mod body;
mod bounds;
mod connection;
mod connection_end;
mod send_rate;
mod tls;

pub(crate) use body::BodyError;
pub use bounds::Bounds;
pub(crate) use connection_end::ConnectionEnd;
pub(crate) use send_rate::SendRate;
pub use tls::Tls;
pub(crate) use tls::TlsError;

pub(super) use accept::{ConnectionSettings, Listening};
pub(super) use body::read_body;
pub(super) use send_rate::DELAY;
pub(super) use tls::ShownCertificate;
