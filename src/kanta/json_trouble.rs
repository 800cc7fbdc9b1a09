//! What the services that speak JSON answer to a request that is none.

use serde_json::json;

use super::http::Trouble;
use super::listen::Parting;
use super::recorder::{Account, Answer, Reply};

/// The answer to a request without a body to read, its text under the name `member`.
pub(super) fn json_trouble(trouble: &Trouble, member: &str) -> (Account, Reply) {
    let reply = trouble.status().map_or(Reply::Close(Parting::Closed), |status| {
        let answer = Answer::new(status, "application/json", json!({ member: trouble.text() }).to_string());
        Reply::Answer(if matches!(trouble, Trouble::Method) { answer.with("allow", "POST") } else { answer })
    });
    (Account::refused(trouble.ground()), reply)
}
