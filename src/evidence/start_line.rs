//! The first line of an HTTP message, as the evidence keeps it.

use serde::{Deserialize, Serialize};

/// Method and target of a request (`POST /archive`), the status of an answer (`200`), or `TLS handshake`, which is neither.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StartLine(String);

impl StartLine {
    /// A handshake of TLS that came to nothing.
    pub const HANDSHAKE: &str = "TLS handshake";

    /// That of a request.
    pub fn request(method: &str, target: &str) -> Self {
        Self(format!("{method} {target}"))
    }

    /// That of an answer.
    pub fn status(status: u16) -> Self {
        Self(status.to_string())
    }

    /// The line as it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Method of a request; of anything else its first word.
    pub fn method(&self) -> &str {
        self.0.split(' ').next().unwrap_or_default()
    }

    /// Target of a request: path and query as they came; empty where there is none.
    pub fn target(&self) -> &str {
        self.0.split_once(' ').map_or("", |(_, target)| target)
    }

    /// Whether it is a request that brings something.
    pub fn is_post(&self) -> bool {
        self.method() == "POST"
    }

    /// Status of an answer.
    pub fn code(&self) -> Option<u16> {
        self.method().parse().ok()
    }
}

impl From<&str> for StartLine {
    fn from(line: &str) -> Self {
        Self(line.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::StartLine;

    #[test]
    fn a_request_has_a_method_and_a_target_and_an_answer_a_status() {
        let request = StartLine::request("POST", "/forms?a=b c");
        assert_eq!((request.method(), request.target(), request.code()), ("POST", "/forms?a=b c", None));
        assert!(request.is_post() && !StartLine::from("POSTS /forms").is_post());
        let answer = StartLine::status(503);
        assert_eq!((answer.as_str(), answer.target(), answer.code()), ("503", "", Some(503)));
        assert_eq!(StartLine::from(StartLine::HANDSHAKE).code(), None);
    }
}
