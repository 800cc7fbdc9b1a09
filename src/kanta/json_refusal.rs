//! What the services that speak JSON answer to a request that was not read.

use serde_json::json;

use super::exchange::{ExchangeRecord, Handled, Reply, RequestProblem, ServiceAnswer};
use super::listen::ConnectionEnd;

/// The answer to a request that was not read, its text under the name `member`.
pub fn json_refusal(problem: &RequestProblem, member: &str) -> Handled {
    let reply = problem.status().map_or(Reply::Close(ConnectionEnd::Closed), |status| {
        let answer = ServiceAnswer::new(status, "application/json", json!({ member: problem.text() }).to_string());
        Reply::Answer(if matches!(problem, RequestProblem::Method) { answer.with("allow", "POST") } else { answer })
    });
    (ExchangeRecord::refused(problem.ground()), reply)
}
