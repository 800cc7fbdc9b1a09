//! The course of a scenario: the steps asked of the system, and under each what went between it and
//! Kanta.

use super::exchange::state;
use super::finding::FindingView;
use crate::domain::ARCHIVIST_NULLIFIES;
use crate::evidence::{ActionRecord, Exchange, UseLogRecord};
use crate::report::listing::Listing;
use crate::report::redact;
use crate::report::words::{Words, fill};
use crate::run::StepVerdict;

/// Longest message to the user, in characters.
const LONGEST: usize = 600;

/// A step.
#[derive(Debug)]
pub struct StepView<'a> {
    pub name: &'a str,
    /// The action asked for.
    pub action: &'a str,
    /// How it ended, in data.
    pub kind: &'a str,
    /// How it ended, in words.
    pub outcome: &'a str,
    /// What the system showed its user, or how else the step came about, in a sentence.
    pub message: String,
    /// What was asked; `None` where the evidence does not tell.
    pub asked: Option<Listing>,
    /// What the system answered.
    pub answered: Option<Listing>,
    /// Messages that arrived while it ran.
    pub arrows: Vec<Arrow<'a>>,
    /// Findings about the step that no message explains.
    pub findings: Vec<FindingView<'a>>,
}

/// A message and its answer.
#[derive(Debug)]
pub struct Arrow<'a> {
    /// Number of the exchange.
    pub number: u64,
    /// What was asked of Kanta.
    pub operation: &'a str,
    /// What became of it.
    pub state: String,
    /// Whether Kanta did it.
    pub accepted: bool,
}

/// The arrow of an exchange.
pub fn arrow<'a>(exchange: &Exchange, words: &'a Words) -> Arrow<'a> {
    Arrow {
        number: exchange.number,
        operation: words.operation.of(exchange.operation.name()),
        state: state(exchange, words),
        accepted: exchange.accepted,
    }
}

/// The step, with the records of its action and of the use log that it gave where the evidence holds them.
pub fn step<'a>(
    step: &'a StepVerdict,
    (record, log): (Option<&ActionRecord>, Option<&UseLogRecord>),
    arrows: Vec<Arrow<'a>>,
    findings: Vec<FindingView<'a>>,
    words: &'a Words,
) -> StepView<'a> {
    let listing = |value: &serde_json::Value| Listing::new(&format!("{value:#}"), &[]);
    let is_played = record.is_some() && step.action == ARCHIVIST_NULLIFIES;
    let asked = record.filter(|_| !is_played);
    StepView {
        name: &step.name,
        action: &step.action,
        kind: step.outcome.name(),
        outcome: words.step_outcome(step.outcome),
        message: if is_played { words.note.played_by_harness.clone() } else { message(step, log, words) },
        asked: asked.map(|record| listing(&record.parameters)),
        answered: asked.map(|record| listing(&answered(record, log))),
        arrows,
        findings,
    }
}

/// What the system answered, with its use log.
fn answered(record: &ActionRecord, log: Option<&UseLogRecord>) -> serde_json::Value {
    let Some(log) = log else { return record.result.clone() };
    let mut members = record.result.as_object().cloned().unwrap_or_default();
    members.extend(log.members());
    members.into()
}

/// What the system showed; where a file of the system was read in place of asking, which.
fn message(step: &StepVerdict, log: Option<&UseLogRecord>, words: &Words) -> String {
    let is_file = log.is_some_and(|log| !log.file.is_empty());
    let note = if is_file { &words.note.log_read } else { &words.note.system_said };
    let text = redact::line(&step.message, LONGEST);
    if text.is_empty() { text } else { fill(note, &[("text", &text)]) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::step;
    use crate::domain::ActionOutcome;
    use crate::evidence::{ActionRecord, UseLogRecord};
    use crate::report::Language;
    use crate::report::example::texts;
    use crate::run::StepVerdict;

    /// What the page says of a step, and whether it shows what was asked.
    fn told(action: &str, message: &str, file: &str) -> (String, bool) {
        let record = ActionRecord {
            scenario: String::new(),
            step: String::new(),
            action: action.to_owned(),
            key: String::new(),
            parameters: json!({}),
            started: jiff::Timestamp::UNIX_EPOCH,
            ended: jiff::Timestamp::UNIX_EPOCH,
            outcome: ActionOutcome::Succeeded,
            result: json!({}),
            message: message.to_owned(),
        };
        let log = UseLogRecord { file: file.to_owned(), ..UseLogRecord::default() };
        let verdict = StepVerdict {
            name: "a".to_owned(),
            action: action.to_owned(),
            outcome: ActionOutcome::Succeeded,
            message: message.to_owned(),
            exchanges: Vec::new(),
        };
        let view = step(&verdict, (Some(&record), Some(&log)), Vec::new(), Vec::new(), &texts(Language::En).words);
        (view.message, view.asked.is_some())
    }

    #[test]
    fn a_step_says_where_its_words_come_from() {
        let played = "The harness played this event itself; nothing was asked of the system.";
        for (action, message, file, expected) in [
            ("search-documents", "3 found", "", ("The system showed: 3 found", true)),
            ("use-log", "a.jsonl", "a.jsonl", ("The use log was read from the file a.jsonl", true)),
            ("archivist-nullifies", "", "", (played, false)),
            ("know-client", "", "", ("", true)),
        ] {
            let (message, is_asked) = told(action, message, file);
            assert_eq!((message.as_str(), is_asked), expected);
        }
    }
}
