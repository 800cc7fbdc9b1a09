//! A message known to be wrong and a use log known to be false go through the judge before every run: one that finds nothing
//! in them would find nothing in a system either.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::judge::judge;
use super::result::{Reason, ReasonCode};
use super::rules::Rules;
use crate::domain::{ActionOutcome, Operation};
use crate::evidence::{
    ActionRecord, Body, Caller, Entry, Exchange, RecordedMessage, ServiceTag, Snapshot, UseLogRecord,
};
use crate::rule::FindingCode;
use crate::scenario::{CheckContext, Controllers, Plan, check, plan_all};
use crate::source::SourceFile;
use crate::words::Said;

/// What is asked in the canary: a client relationship and the log.
const SCENARIO: &str = include_str!("canary.toml");
/// A message of an interaction that there is not.
const MESSAGE: &str = include_str!("canary.xml");
/// What has to be found: in the message, in the log, and in what the system says that it did.
const FOUND: [FindingCode; 4] = [
    FindingCode::InteractionUnknown,
    FindingCode::LogEntryMissing,
    FindingCode::LogRequestUnknown,
    FindingCode::DocumentNotDelivered,
];

/// Why nothing can be judged: the judge finds nothing in what is known to be wrong.
pub(super) fn trouble(rules: &Rules) -> Option<Reason> {
    let found = match plan(rules) {
        Ok(plan) => judge(&plan, &entries(&plan), rules).findings.iter().map(|finding| finding.code).collect(),
        Err(mistakes) => return Some(broken(&mistakes)),
    };
    missed(&found).map(|codes| broken(&codes))
}

/// What had to be found and was not.
fn missed(found: &BTreeSet<FindingCode>) -> Option<String> {
    let missed: Vec<&str> = FOUND.iter().filter(|code| !found.contains(code)).map(|code| code.as_str()).collect();
    (!missed.is_empty()).then(|| missed.join(", "))
}

fn broken(what: &str) -> Reason {
    Reason { code: ReasonCode::HarnessBroken, detail: Said::value(format!("canary: {what}")) }
}

fn plan(rules: &Rules) -> Result<Plan, String> {
    let file = SourceFile::new("canary.toml", SCENARIO);
    let context = CheckContext { catalogue: &rules.catalogue };
    let scenario = check(&file, context).map_err(|mistakes| mistakes.to_string())?;
    let oid = |number: u8| format!("1.2.246.10.9999999{number}.10.0");
    let controllers = Controllers { own: oid(1), other: oid(2), organiser: oid(4) };
    plan_all(&[scenario], rules.seed, &controllers).pop().ok_or_else(|| "no plan".to_owned())
}

/// The evidence: the wrong message during the first step, and a log that tells of another one.
fn entries(plan: &Plan) -> Vec<Arc<Entry>> {
    let client = plan.persons.values().next().map(|person| person.identity_code.clone()).unwrap_or_default();
    let made =
        json!({ "document": { "id": "1.2.246.10.99999991.1", "set-id": "1.2.246.10.99999991.1", "version": 1 } });
    let told = json!([{
        "eventId": "1", "time": at(1).to_string(), "client": { "value": client },
        "kanta": { "messageId": "1.2.246.10.99999991.10.0:never-sent" },
    }]);
    let parameters = json!({ "client": client });
    let entries = [
        action("relationship", "store-client-relationship", (0, 2), parameters, made),
        exchange(client),
        action("log", "use-log", (3, 4), json!({}), json!({})),
        log(told),
        Entry::Snapshot(Snapshot::default()),
    ];
    entries.into_iter().map(Arc::new).collect()
}

fn at(second: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(second)
}

fn action(step: &str, action: &str, (started, ended): (i64, i64), parameters: Value, result: Value) -> Entry {
    Entry::Action(Box::new(ActionRecord {
        scenario: "canary".to_owned(),
        step: step.to_owned(),
        action: action.to_owned(),
        key: String::new(),
        parameters,
        started: at(started),
        ended: at(ended),
        outcome: ActionOutcome::Succeeded,
        result,
        message: String::new(),
    }))
}

fn log(entries: Value) -> Entry {
    let (scenario, step) = ("canary".to_owned(), "log".to_owned());
    Entry::UseLog(Box::new(UseLogRecord { scenario, step, entries, ..UseLogRecord::default() }))
}

fn exchange(client: String) -> Entry {
    let headers = vec![("content-type".to_owned(), "text/xml; charset=utf-8".to_owned())];
    let body = Body::Raw(MESSAGE.as_bytes().to_vec());
    Entry::Exchange(Box::new(Exchange {
        number: 1,
        service: ServiceTag::of_id("archive"),
        lane: String::new(),
        received: at(1),
        answered: at(1),
        caller: Caller::default(),
        request: RecordedMessage { start: "POST /archive".into(), headers, body },
        answer: None,
        operation: Operation::Store,
        persons: vec![client],
        message_id: Some("1.2.246.10.99999991.10.0:canary".to_owned()),
        accepted: true,
        repeated: false,
        handed_out: Vec::new(),
        refused_for: Vec::new(),
        fault: None,
    }))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{FOUND, missed};

    #[test]
    fn each_finding_that_is_missed_is_told() {
        assert_eq!(missed(&FOUND.into_iter().collect()), None);
        let all_but_one: BTreeSet<_> = FOUND.into_iter().skip(1).collect();
        assert_eq!(missed(&all_but_one).as_deref(), Some("interaction-unknown"));
        assert_eq!(missed(&BTreeSet::new()).map(|codes| codes.split(", ").count()), Some(FOUND.len()));
    }
}
