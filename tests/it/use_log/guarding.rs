//! What a system says and does about its own log.

use std::collections::BTreeMap;

use kantakoe::domain::ActionOutcome;
use kantakoe::evidence::{ActionRecord, UseLogRecord};
use kantakoe::rule::expectation::{
    EXPECTATION_KINDS, ExchangeReading, Expectation, ReadExchange, ScenarioEvidence, ScenarioNames, read_expectation,
};
use kantakoe::rule::{Findings, Strictness};
use kantakoe::source::SourceFile;
use serde_json::{Value, json};
use toml::de::{DeTable, DeValue};

use super::rules::{CATALOGUE, exchanges, log};
use crate::support::PROFILE;

const CLIENT: &str = "010181-900C";

fn action(step: &str, name: &str, parameters: Value, outcome: ActionOutcome, result: Value) -> ActionRecord {
    let second = if step == "disclosure" { 0 } else { 100 };
    let time = jiff::Timestamp::from_second(1_795_158_900 + second).expect("time");
    ActionRecord {
        scenario: "s".to_owned(),
        step: step.to_owned(),
        action: name.to_owned(),
        key: String::new(),
        parameters,
        started: time,
        ended: time,
        outcome,
        result,
        message: String::new(),
    }
}

/// The expectation that these members of an `[[expect]]` describe, in a scenario with the steps of this file.
fn expected(members: &str) -> Expectation {
    let file = SourceFile::new("scenario.toml", format!("[[expect]]\n{members}\n"));
    let rows = DeTable::parse(&file.text).expect("TOML").into_inner().remove("expect").expect("rows").into_inner();
    let DeValue::Array(rows) = rows else { panic!("{members} is no table") };
    let steps = ["copy", "log", "try", "kept", "told"].map(str::to_owned);
    let names = ScenarioNames { steps: steps.into(), ..ScenarioNames::default() };
    let row = rows.iter().next().expect("a row");
    read_expectation(row, EXPECTATION_KINDS, &names, &file).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

fn codes(expectation: &Expectation, actions: &[ActionRecord]) -> Vec<String> {
    let exchanges = exchanges();
    let read = |exchange| ReadExchange { exchange, step: None, reading: ExchangeReading::Other };
    let log = |action: &ActionRecord| {
        let given = UseLogRecord::taken_from(&mut action.result.clone());
        UseLogRecord { step: action.step.clone(), ..given }
    };
    let logs: Vec<_> = actions.iter().filter(|action| action.action == "use-log").map(log).collect();
    let evidence = ScenarioEvidence {
        exchanges: exchanges.iter().map(read).collect(),
        actions: actions.iter().collect(),
        logs: logs.iter().collect(),
        snapshot: None,
        names: BTreeMap::new(),
        controllers: BTreeMap::new(),
        profile: &PROFILE,
    };
    let mut out = Findings::new(&CATALOGUE, Strictness::Fail);
    expectation.judge(&evidence, &mut out);
    crate::phrases::assert_told(out.list());
    out.into_list().into_iter().map(|finding| finding.code.to_string()).collect()
}

#[test]
fn a_copy_is_called_what_it_is() {
    let judged = |intact: bool, entries: usize, result: Value| {
        let expectation = expected(&format!("step = 'copy'\nsee = 'log-integrity'\nintact = {intact}"));
        let parameters = json!({"entries": vec![json!({}); entries]});
        codes(&expectation, &[action("copy", "verify-log", parameters, ActionOutcome::Succeeded, result)])
    };
    assert!(
        judged(true, 3, json!({"intact": true})).is_empty() && judged(false, 2, json!({"intact": false})).is_empty()
    );
    assert_eq!(judged(true, 3, json!({"intact": false})), ["log-intact-denied"]);
    assert_eq!(judged(false, 2, json!({"intact": true})), ["log-tampering-unnoticed"]);
    assert_eq!(judged(false, 2, json!({})), ["log-tampering-unnoticed"]);
    assert!(judged(false, 1, json!({"intact": true})).is_empty(), "too short to tell");
}

#[test]
fn a_refused_attempt_is_in_the_log() {
    let judged = |parameters: Value, outcome: ActionOutcome, entries: Value| {
        let row = "step = 'log'\nsee = 'attempt-logged'\nof = 'try'\nfinding = 'log-attempt-missing'";
        let expectation = expected(row);
        let actions = [
            action("try", "view-document", parameters, outcome, json!({})),
            action("log", "use-log", json!({}), ActionOutcome::Succeeded, json!({"entries": entries})),
        ];
        codes(&expectation, &actions)
    };
    let entry = |outcome: &str| json!([{"kind": "use", "client": {"value": CLIENT}, "outcome": outcome}]);
    let client = json!({"client": CLIENT});
    assert!(judged(client.clone(), ActionOutcome::Refused, entry("refused")).is_empty());
    assert_eq!(judged(client.clone(), ActionOutcome::Refused, entry("success")), ["log-attempt-missing"]);
    assert_eq!(judged(client.clone(), ActionOutcome::Refused, json!([])), ["log-attempt-missing"]);
    assert_eq!(judged(json!({}), ActionOutcome::Refused, entry("refused")), ["log-attempt-missing"]);
    assert!(
        judged(json!({}), ActionOutcome::Refused, json!([{"kind": "administration", "outcome": "refused"}])).is_empty()
    );
    assert!(judged(client.clone(), ActionOutcome::Succeeded, json!([])).is_empty(), "the step itself tells that");
    let ungiven = [
        action("try", "view-document", client, ActionOutcome::Refused, json!({})),
        action("log", "use-log", json!({}), ActionOutcome::Failed, json!({})),
    ];
    let row = "step = 'log'\nsee = 'attempt-logged'\nof = 'try'\nfinding = 'log-attempt-missing'";
    assert!(codes(&expected(row), &ungiven).is_empty(), "that no log was given is told by the step itself");
}

#[test]
fn years_are_counted() {
    let judged = |result: Value| {
        let expectation = expected("step = 'kept'\nsee = 'retention'\nyears = 12");
        codes(&expectation, &[action("kept", "log-retention", json!({}), ActionOutcome::Succeeded, result)])
    };
    assert!(judged(json!({"years": 12})).is_empty() && judged(json!({"years": 12.5})).is_empty());
    for result in [json!({"years": 11}), json!({}), json!({"years": "12"})] {
        assert_eq!(judged(result), ["log-retention-short"]);
    }
}

#[test]
fn a_client_is_told_who_to_whom_and_why() {
    let row = |recipient: Value| json!({"time": "2026-11-20T09:15:00+02:00", "user": "Testinen Tessa", "purpose": "1", "recipient": recipient});
    let judged = |entries: Value| {
        let expectation = expected("step = 'told'\nsee = 'client-log'");
        let events = json!({"events": [{"client": CLIENT}, {"client": "020181-901X"}]});
        let actions = [
            action("disclosure", "record-disclosures", events, ActionOutcome::Succeeded, json!({})),
            action(
                "told",
                "client-log",
                json!({"client": CLIENT}),
                ActionOutcome::Succeeded,
                json!({"entries": entries}),
            ),
        ];
        codes(&expectation, &actions)
    };
    let incomplete = ["client-log-incomplete"];
    assert!(judged(json!([row(json!("Toinen")), row(Value::Null), row(Value::Null)])).is_empty());
    assert_eq!(judged(json!([row(Value::Null), row(Value::Null), row(Value::Null)])), incomplete);
    assert_eq!(judged(json!([row(json!("Toinen"))])), incomplete);
    let mut nameless = row(json!("Toinen"));
    nameless["user"] = json!(" ");
    assert_eq!(judged(json!([nameless, row(Value::Null), row(Value::Null)])), incomplete);
    assert_eq!(judged(json!(null)).len(), 2);
}

#[test]
fn the_hour_that_comes_twice_is_told_by_the_offset() {
    let desk = super::file::Desk::new();
    let found = |times: [&str; 3]| {
        let entries = times.iter().map(|time| {
            let mut entry = log()["entries"][0].clone();
            entry["time"] = json!(time);
            entry.as_object_mut().expect("entry").shift_remove("sequence");
            format!("{entry}\n")
        });
        desk.put("log", entries.collect::<String>().as_bytes());
        desk.check(&["log"]).found().into_iter().map(|(code, line, ..)| (code, line)).collect::<Vec<_>>()
    };
    let [first, second] = ["2026-10-25T03:30:00.000+03:00", "2026-10-25T03:30:00.000+02:00"];
    assert_eq!(found([first, second, "2026-10-25T04:00:00.000+02:00"]), []);
    let wrong = |line: u32| ("log-time-wrong".to_owned(), line);
    assert_eq!(found([second, first, second]), [wrong(2)]);
    assert_eq!(found(["2026-10-25T03:59:59.000+02:00", "2026-10-25T03:00:01.000+02:00", second]), [wrong(2), wrong(3)]);
    assert_eq!(found([first, "2026-10-25T03:30:00.000", second]), [wrong(2)]);
    let spring = ["2026-03-29T02:59:59.999+02:00", "2026-03-29T04:00:00.000+03:00", "2026-03-29T04:00:00.001+03:00"];
    assert_eq!(found(spring), []);
}
