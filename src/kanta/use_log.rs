//! The address where a system sends entries of its use log by itself. They are judged at once, each by itself,
//! and the answer tells what was found.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::core::Core;
use super::exchange::{Arrival, ExchangeRecord, FOREIGN_CODE, Handled, Reply, RequestProblem, ServiceAnswer};
use super::json_refusal::json_refusal;
use super::service::Service;
use crate::domain::{RefusalGround, ServiceGround, Severity};
use crate::evidence::{RequestKind, ServiceTag};
use crate::rule::Finding;
use crate::rule::use_log::{JudgedLog, LogJudge};
use crate::wire::json::{JsonShape, Splitter};

/// Longest entry.
const LONGEST: usize = 1024 * 1024;

/// Takes entries of the use log: JSON Lines in the canonical form.
pub(super) struct UseLogService;

impl Service for UseLogService {
    fn tag(&self) -> ServiceTag {
        ServiceTag::new("use-log", RequestKind::UseLogEntries)
    }

    fn paths(&self) -> &'static [&'static str] {
        &["/use-log"]
    }

    fn entry_path(&self) -> Option<&'static str> {
        Some("/use-log")
    }

    fn is_posted_to(&self) -> bool {
        true
    }

    fn refuse(&self, _: &Core, _: &Arrival, problem: &RequestProblem) -> Handled {
        json_refusal(problem, "error")
    }

    fn answer(&self, core: &Core, arrival: &Arrival) -> Handled {
        if arrival.is_withheld() {
            let answer = json!({"error": "identity codes of the 900 series only"});
            return refused(FOREIGN_CODE, StatusCode::BAD_REQUEST, &answer);
        }
        let judged = judged(core, arrival.body());
        let answer = json!({"entries": judged.entries, "findings": findings(&judged)});
        if judged.entries == 0 {
            return refused(ServiceGround::NoEntry, StatusCode::UNPROCESSABLE_ENTITY, &answer);
        }
        (ExchangeRecord::accepted(), reply(StatusCode::OK, &answer))
    }
}

fn judged(core: &Core, body: &[u8]) -> JudgedLog {
    let mut pieces = Vec::new();
    let mut splitter = Splitter::new(JsonShape::Lines, LONGEST);
    splitter.feed(body, &mut |piece| pieces.push(piece));
    splitter.end(&mut |piece| pieces.push(piece));
    let mut judge = LogJudge::new(JsonShape::Lines, &core.profile, &core.catalogue, core.strictness);
    judge.pieces(&pieces);
    judge.finish()
}

/// Notes tell what no single request could show.
fn findings(judged: &JudgedLog) -> Vec<Value> {
    let told = judged.findings.iter().filter(|finding| finding.severity != Severity::Note);
    told.map(finding).collect()
}

fn finding(finding: &Finding) -> Value {
    let position = finding.place.as_ref().and_then(|place| place.position);
    json!({
        "code": finding.code,
        "requirement": finding.requirement,
        "severity": finding.severity,
        "line": position.map(|position| position.line),
        "column": position.map(|position| position.column),
        "path": finding.place.as_ref().map(|place| place.path.as_str()),
        "expected": finding.expected.to_string(),
        "actual": finding.actual.to_string(),
    })
}

fn refused(ground: impl Into<RefusalGround>, status: StatusCode, answer: &Value) -> (ExchangeRecord, Reply) {
    (ExchangeRecord::refused(ground), reply(status, answer))
}

fn reply(status: StatusCode, answer: &Value) -> Reply {
    Reply::Answer(ServiceAnswer::new(status, "application/json", format!("{answer}\n")))
}
