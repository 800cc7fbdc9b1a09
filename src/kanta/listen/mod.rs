//! Sockets: the accept loop, TLS, one HTTP/1 connection, and the bounded reading of a body. What a
//! request means is not known here.

mod accept;
mod body;
mod bounds;
mod connection;
mod tls;

pub use bounds::Bounds;
pub use tls::{Tls, TlsError};

pub(super) use accept::{Door, Listening};
pub(super) use body::{BodyError, read_body};
pub(super) use connection::{CloseConnection, Service};
