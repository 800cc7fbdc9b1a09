//! Sockets: the accept loop, TLS, one HTTP/1 connection, the bounded reading of a body, and how answers and
//! connections end on purpose. What a request means is not known here.

mod accept;
mod body;
mod bounds;
mod connection;
mod pace;
mod parting;
mod tls;

pub use bounds::Bounds;
pub use tls::{Tls, TlsError};

pub(super) use accept::{Door, Listening};
pub(super) use body::{BodyError, read_body};
pub(super) use connection::Service;
pub(super) use pace::{DELAY, Pace};
pub(super) use parting::Parting;
pub(super) use tls::Face;
