//! The use log tells the code of the error for which the log service refused a notice, as it was given.

use serde_json::Value;

use super::refusal::refusal;
use super::{ExpectationKind, Expected, MemberReader, ScenarioEvidence};
use crate::rule::{FindingCode, Findings};
use crate::wire::fhir::read_issues;
use crate::words::Said;

/// What `see = "codes-logged"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "codes-logged",
    sentence: "the use log that the step gave tells the error code of every refused notice",
    members: &[],
    codes: &[FindingCode::LogCodeMissing],
    read: read_members,
};

/// The log given in a step holds the code of every refusal before it.
#[derive(Debug)]
struct CodesLogged;

fn read_members(_: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(CodesLogged))
}

impl Expected for CodesLogged {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// An entry about a refused request without any of the codes of the refusal is a finding; that there
    /// is no entry at all, or one that tells success, is told by another rule.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let entries = evidence.log(step).and_then(|log| log.entries.as_array());
        let Some(entries) = entries else { return };
        for read in &evidence.exchanges {
            let codes: Vec<String> = refusal(read.exchange)
                .map(|answer| read_issues(answer).into_iter().map(|issue| issue.code).collect())
                .unwrap_or_default();
            let Some(request) = read.exchange.message_id.as_deref().filter(|_| !codes.is_empty()) else { continue };
            let of_request =
                |entry: &&Value| entry.pointer("/kanta/requestId").and_then(Value::as_str) == Some(request);
            let of_refusal = |entry: &&Value| entry["outcome"] != "success";
            for entry in entries.iter().filter(of_request).filter(of_refusal) {
                let told = entry.pointer("/kanta/errorCode").and_then(Value::as_str).unwrap_or_default();
                if !codes.iter().any(|code| told.contains(code.as_str())) {
                    out.add_for_step(
                        FindingCode::LogCodeMissing,
                        step,
                        Said::value(codes.join(" / ")),
                        Said::value(told),
                    );
                }
            }
        }
    }
}
