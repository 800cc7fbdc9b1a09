//! Systems that declare away what would show their fault.

use std::sync::Arc;

use kantakoe::domain::Outcome;
use kantakoe::scenario::Action;
use serde_json::{Value, json};

use super::front::Liar;
use super::stand::{Row, SCENARIOS, run_each, scenarios_with};

/// How many scenarios each is tried on.
const TRIED: usize = 2;

const FEATURES: [(&str, &str); 4] = [
    ("pdf-a", "storage-pdf-document"),
    ("attachments", "storage-attachments"),
    ("declaration-documents", "declarations-document-permit"),
    ("narrowed-searches", "search-by-matter"),
];

/// A system that says that it lacks `name`, with a reason or without.
fn without(name: &'static str, has_reason: bool) -> Liar {
    let declare = move |capabilities: &mut Value| {
        for list in ["actions", "features"] {
            let names = capabilities[list].as_array_mut().expect("a list");
            names.retain(|one| *one != name);
        }
        if has_reason {
            let row = json!({ "action": name, "reason": "comes with the next version" });
            capabilities["unsupported"].as_array_mut().expect("a list").push(row);
        }
    };
    Liar { declare: Some(Arc::new(declare)), ..Liar::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_declared_away_is_not_passed() {
    let is_asked = |action: &&Action| SCENARIOS.iter().any(|one| one.steps.iter().any(|step| step.action == **action));
    let actions = Action::ALL.iter().filter(|action| !action.is_played()).filter(is_asked);
    let of_action = |action: &Action| -> Row {
        let tried = scenarios_with(*action).into_iter().take(TRIED).collect();
        (format!("declares {} away", action.name()), without(action.name(), true), None, tried)
    };
    let of_feature = |has_reason: bool| {
        move |(feature, scenario): (&'static str, &'static str)| -> Row {
            let name = format!("declares {feature} away, with a reason: {has_reason}");
            (name, without(feature, has_reason), None, vec![scenario])
        }
    };
    let features = FEATURES.into_iter();
    let rows: Vec<Row> = actions
        .map(of_action)
        .chain(features.clone().map(of_feature(true)))
        .chain(features.map(of_feature(false)))
        .collect();
    assert!(rows.len() >= 36);
    let mut missed = Vec::new();
    for (name, ended) in run_each(rows).await {
        let counts = |outcome: Outcome| matches!(outcome, Outcome::Pass | Outcome::Warning);
        let passed = ended.result.scenarios.iter().filter(|one| counts(one.outcome)).count();
        if passed > 0 || ended.result.scenarios.is_empty() || ended.result.outcome.exit_code() == 0 {
            missed.push(format!("{name}: {:?}, {passed} passed", ended.result.outcome));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}
