//! What one caller may take from the endpoint.

use std::time::Duration;

/// Bounds of connections. The size and depth of messages are bounded by the profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Connections at the same time; later ones wait until one ends.
    pub connections: usize,
    /// Time for a TLS handshake.
    pub handshake: Duration,
    /// Time for the head of a request; an idle connection is closed after it too.
    pub head: Duration,
    /// Time for the body of a request.
    pub body: Duration,
    /// Time that requests in progress get when the endpoint is stopped.
    pub farewell: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connections: 1024,
            handshake: Duration::from_secs(10),
            head: Duration::from_secs(30),
            body: Duration::from_secs(30),
            farewell: Duration::from_secs(5),
        }
    }
}
