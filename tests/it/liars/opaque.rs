//! Nothing that a system is given tells which scenario runs, or which fault will be played.

use std::collections::BTreeSet;

use kantakoe::evidence::{Body, Entry, Exchange};
use serde_json::Value;

use super::front::Liar;
use super::stand::{SCENARIOS, run};

/// Members of requests whose values the driver API fixes, and the entries of the system's own log that it is handed back.
const FIXED: [&str; 7] = ["action", "permits", "channel", "basis", "form", "media-type", "entries"];

/// Names of scenarios and faults, of ours and of the reference system.
fn names() -> BTreeSet<String> {
    let scenarios = SCENARIOS.iter().map(|scenario| scenario.id.clone());
    let files = SCENARIOS.iter().filter_map(|scenario| Some(scenario.source.split_once(':')?.0.to_owned()));
    let played = kantakoe::domain::Fault::ALL.iter().map(|fault| fault.name().to_owned());
    let faults = kantakoe::reference::Fault::all().map(|fault| fault.name().to_owned());
    scenarios.chain(files).chain(played).chain(faults).filter(|name| name.contains('-')).collect()
}

/// The words of which those names, and the names of steps and areas, are made.
fn words() -> BTreeSet<String> {
    let steps = SCENARIOS.iter().flat_map(|scenario| scenario.steps.iter().map(|step| step.name.clone()));
    let areas = SCENARIOS.iter().map(|scenario| scenario.area.name().to_owned());
    let all = names().into_iter().chain(steps).chain(areas);
    all.flat_map(|name| name.split(['-', '/', '.']).map(str::to_owned).collect::<Vec<_>>())
        .filter(|word| word.len() > 3)
        .collect()
}

/// Every text in `value` but under the members that the driver API fixes.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(members) => {
            members
                .iter()
                .filter(|(name, _)| !FIXED.contains(&name.as_str()))
                .for_each(|(_, value)| texts(value, found));
        }
        _ => {}
    }
}

/// What Kanta said in an exchange, heads and body.
fn answered(exchange: &Exchange) -> Vec<String> {
    let Some(answer) = &exchange.answer else { return Vec::new() };
    let heads = answer.headers.iter().map(|(name, value)| format!("{name}: {value}"));
    let body = match &answer.body {
        Body::Raw(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Body::Withheld { .. } => String::new(),
    };
    heads.chain([body]).collect()
}

/// Those of the texts that hold a name, the first few.
fn holding<'a>(texts: &'a [String], names: &BTreeSet<String>) -> Vec<&'a String> {
    let holds = |text: &&String| {
        let text = text.to_lowercase();
        names.iter().any(|name| text.contains(name.as_str()))
    };
    texts.iter().filter(holds).take(5).collect()
}

/// Those of the texts in which one of these words stands, the first few.
fn saying<'a>(texts: &'a [String], words: &BTreeSet<String>) -> Vec<&'a String> {
    let says =
        |text: &&String| text.to_lowercase().split(|one: char| !one.is_alphanumeric()).any(|word| words.contains(word));
    texts.iter().filter(says).take(5).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_a_system_is_given_tells_the_scenario_or_the_fault() {
    let ended = run(&[], Liar::default(), None).await;
    assert_eq!(ended.result.outcome, kantakoe::domain::Outcome::Pass, "{:?}", ended.result.findings);
    let mut handed = Vec::new();
    ended.asked.iter().for_each(|asked| texts(asked, &mut handed));
    assert!(handed.len() > 1000);
    let (names, words) = (names(), words());
    assert_eq!(holding(&handed, &names), Vec::<&String>::new());
    // Free texts are Finnish; of the words that names are made of none stands in them either.
    assert_eq!(saying(&handed, &words), Vec::<&String>::new());
    let exchanges = ended.entries.iter().filter_map(|entry| match entry {
        Entry::Exchange(exchange) => Some(&**exchange),
        _ => None,
    });
    let told: Vec<String> = exchanges.flat_map(answered).collect();
    assert_eq!(holding(&told, &names), Vec::<&String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_evidence_tells_the_key_of_each_action_and_each_is_another() {
    let ended = run(&["storage-matter", "storage-client-document"], Liar::default(), None).await;
    let asked: BTreeSet<&str> = ended.asked.iter().filter_map(|asked| asked["key"].as_str()).collect();
    assert_eq!(asked.len(), ended.asked.len(), "a key stands twice");
    assert!(asked.iter().all(|key| key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit())));
    let actions = ended.entries.iter().filter_map(|entry| match entry {
        Entry::Action(action) => Some(action),
        _ => None,
    });
    let linked: Vec<&str> = actions.map(|action| action.key.as_str()).collect();
    assert_eq!(linked.len(), 7);
    assert!(linked.iter().all(|key| asked.contains(key)));
}
