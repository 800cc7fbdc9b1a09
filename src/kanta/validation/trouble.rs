//! Requests that bring nothing to judge.

use serde_json::json;

use crate::kanta::http::Trouble;
use crate::kanta::listen::Parting;
use crate::kanta::recorder::{Account, Answer, Reply};

/// What to answer to a request that is none.
pub(in crate::kanta) fn trouble(trouble: &Trouble) -> (Account, Reply) {
    let reply = trouble.status().map_or(Reply::Close(Parting::Closed), |status| {
        let answer = Answer::new(status, "application/json", json!({ "description": trouble.text() }).to_string());
        Reply::Answer(if matches!(trouble, Trouble::Method) { answer.with("allow", "POST") } else { answer })
    });
    (Account::refused(trouble.ground()), reply)
}
