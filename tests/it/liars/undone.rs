//! Systems that leave one kind of action undone, and say that it is done.

use std::sync::Arc;

use kantakoe::scenario::Action;
use serde_json::json;

use super::front::{Asked, Liar, ended};
use super::silent::plausible;
use super::stand::{SCENARIOS, all_caught, scenarios_with};

/// How many scenarios each is tried on.
const TRIED: usize = 3;

/// Actions that nothing hangs on by themselves, with the scenarios in which something does.
const SPECIAL: [(Action, &[&str]); 2] = [
    (Action::SendPending, &["robustness-notices-after-outage"]),
    (Action::DocumentStatus, &["robustness-error-answer", "storage-wrong-identity-code"]),
];

fn leaving_out(action: Action) -> Liar {
    let pretend = move |asked: &Asked<'_>| {
        let is_it = asked.action == action.name() && !asked.is_of_doctor();
        is_it.then(|| ended(asked, "succeeded", &json!([]), &plausible(asked)))
    };
    Liar { pretend: Some(Arc::new(pretend)), ..Liar::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_that_leaves_one_kind_of_action_undone_passes_no_scenario_that_asks_for_it() {
    let asked = |action: &&Action| SCENARIOS.iter().any(|one| one.steps.iter().any(|step| step.action == **action));
    let actions = Action::ALL.iter().filter(|action| !action.is_played()).filter(asked);
    let rows = actions.map(|action| {
        let special = SPECIAL.iter().find(|(special, _)| special == action).map(|(_, scenarios)| scenarios.to_vec());
        let tried = special.unwrap_or_else(|| scenarios_with(*action).into_iter().take(TRIED).collect());
        (format!("leaves {} undone", action.name()), leaving_out(*action), None, tried)
    });
    let rows: Vec<_> = rows.collect();
    assert!(rows.len() >= 28);
    all_caught(rows).await;
}
