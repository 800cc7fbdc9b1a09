//! Facts of a run of the harness, read from its `report.json`. They are the vendor's own.

use serde_json::Value;

/// Name of the format that is read.
const FORMAT: &str = "kantakoe-report/1";
const LONGEST: usize = 200;

/// What a report says of its run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunFacts {
    /// Outcome of the whole.
    pub outcome: String,
    /// Name and version of the system, and its vendor.
    pub system: String,
    /// Name and value of what else the head says: harness, profile, digests, strictness.
    pub head: Vec<(&'static str, String)>,
    /// Outcome of the scenarios, and how many had it.
    pub outcomes: Vec<(String, usize)>,
    /// Scenarios that were not judged to the end, with their outcome.
    pub not_tested: Vec<(String, String)>,
    /// When it began.
    pub started: String,
}

/// The facts of `bytes`; none where it is no report of the harness.
pub fn read_report(bytes: &[u8]) -> Option<RunFacts> {
    let report: Value = serde_json::from_slice(bytes).ok()?;
    if report["schema"] != FORMAT {
        return None;
    }
    let header = &report["header"];
    let scenarios = report["scenarios"].as_array()?;
    let outcome = |scenario: &Value| text(&scenario["outcome"]);
    let mut outcomes: Vec<(String, usize)> = Vec::new();
    for scenario in scenarios {
        let outcome = outcome(scenario);
        match outcomes.iter_mut().find(|(known, _)| *known == outcome) {
            Some((_, count)) => *count += 1,
            None => outcomes.push((outcome, 1)),
        }
    }
    let is_judged = |outcome: &str| ["pass", "fail", "warning", "remark"].contains(&outcome);
    let not_tested = scenarios.iter().map(|scenario| (text(&scenario["id"]), outcome(scenario)));
    let names = [
        ("harness", "harness"),
        ("profile", "profile"),
        ("profile-digest", "profile-digest"),
        ("suite-digest", "suite-digest"),
        ("configuration-digest", "configuration-digest"),
        ("driver", "driver"),
        ("strictness", "strictness"),
        ("tls", "tls"),
    ];
    let mut head: Vec<_> = names.map(|(name, key)| (name, text(&header[key]))).into();
    head.push(("evidence-root", text(&report["volatile"]["evidence-root"])));
    let of_system = |name: &str| text(&header["system"][name]);
    Some(RunFacts {
        outcome: text(&report["outcome"]),
        system: format!("{} {} ({})", of_system("name"), of_system("version"), of_system("vendor")),
        head,
        outcomes,
        not_tested: not_tested.filter(|(_, outcome)| !is_judged(outcome)).collect(),
        started: text(&report["volatile"]["started"]),
    })
}

fn text(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    text.chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::read_report;

    #[test]
    fn only_a_report_has_facts() {
        let report = r#"{"schema":"kantakoe-report/1","outcome":"fail","header":{"harness":"kantakoe 0.1.0","system":
            {"name":"Sosiaali","version":"2","vendor":"Esimerkki"},"tls":true},"scenarios":[{"id":"a","outcome":"pass"},
            {"id":"b","outcome":"not-applicable"},{"id":"c","outcome":"pass"}],"volatile":{"evidence-root":"ff"}}"#;
        let facts = read_report(report.as_bytes()).expect("facts");
        assert_eq!((facts.outcome.as_str(), facts.system.as_str()), ("fail", "Sosiaali 2 (Esimerkki)"));
        assert_eq!(facts.outcomes, [("pass".to_owned(), 2), ("not-applicable".to_owned(), 1)]);
        assert_eq!(facts.not_tested, [("b".to_owned(), "not-applicable".to_owned())]);
        for other in ["", "[]", "{\"schema\":\"other\"}", "{\"schema\":\"kantakoe-report/1\"}"] {
            assert_eq!(read_report(other.as_bytes()), None, "{other}");
        }
    }
}
