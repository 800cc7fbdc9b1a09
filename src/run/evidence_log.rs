//! The entries of this run as they are journalled, for the judge and the reports.

use std::sync::{Arc, Mutex, PoisonError};

use super::strays::is_stray;
use crate::evidence::{Entry, Exchange, Listener, RequestKind};

/// All entries so far, in order, or those that one lane may see. Clones and lanes share them.
#[derive(Debug, Clone, Default)]
pub struct EvidenceLog {
    entries: Arc<Mutex<Vec<Arc<Entry>>>>,
    /// Name of the lane whose exchanges alone are seen.
    lane: Option<String>,
}

impl EvidenceLog {
    /// A listener for the journal that keeps every entry here.
    pub fn listener(&self) -> Listener {
        let log = self.clone();
        Box::new(move |entry| log.lock().push(Arc::clone(entry)))
    }

    /// The same log without the exchanges that came in by other lanes than `name`; empty is the main archive.
    #[must_use]
    pub fn of_lane(&self, name: &str) -> Self {
        Self { lane: Some(name.to_owned()), ..self.clone() }
    }

    /// All entries so far.
    pub fn entries(&self) -> Vec<Arc<Entry>> {
        self.lock().iter().filter(|entry| self.sees(entry)).cloned().collect()
    }

    /// The entries that belong to a scenario.
    pub fn of(&self, owner: &Owner<'_>) -> Vec<Arc<Entry>> {
        let entries = self.lock();
        let windows = if owner.alone { windows(&entries, |id| id == owner.scenario) } else { Vec::new() };
        entries.iter().filter(|entry| self.sees(entry) && owner.owns(entry, &windows)).cloned().collect()
    }

    /// The exchanges so far, from the `from`th entry of all lanes on, and how many entries there are. Refused
    /// handshakes, which tell no lane, are among those of each.
    pub fn exchanges_since(&self, from: usize) -> (Vec<Arc<Entry>>, usize) {
        let entries = self.lock();
        let is_wanted = |entry: &&Arc<Entry>| {
            let exchange = entry.exchange();
            exchange.is_some_and(|one| self.sees(entry) || one.service.requests() == RequestKind::Handshake)
        };
        (entries.iter().skip(from).filter(is_wanted).cloned().collect(), entries.len())
    }

    fn sees(&self, entry: &Entry) -> bool {
        let lanes = (self.lane.as_ref(), entry.exchange());
        !matches!(lanes, (Some(lane), Some(exchange)) if *lane != exchange.lane)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Arc<Entry>>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The scenario whose entries are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Owner<'a> {
    pub scenario: &'a str,
    /// Identity codes of its persons.
    pub persons: &'a [&'a str],
    /// Whether no other scenario runs beside it in its lane. Then a message that names nobody, which arrived
    /// while one of its actions ran, is its own.
    pub alone: bool,
}

/// From when to when an action ran.
pub type LogWindow = (jiff::Timestamp, jiff::Timestamp);

impl Owner<'_> {
    /// Actions, use logs and snapshots belong by the scenario's id, exchanges by its persons.
    fn owns(&self, entry: &Entry, windows: &[LogWindow]) -> bool {
        match entry.exchange() {
            Some(exchange) => concerns(exchange, self.persons) || names_nobody_within(exchange, windows),
            None => entry.scenario() == Some(self.scenario),
        }
    }
}

/// When the actions of these scenarios ran.
pub fn windows(entries: &[Arc<Entry>], is_one: impl Fn(&str) -> bool) -> Vec<LogWindow> {
    let window = |entry: &Arc<Entry>| match &**entry {
        Entry::Action(action) if is_one(&action.scenario) => Some((action.started, action.ended)),
        _ => None,
    };
    entries.iter().filter_map(window).collect()
}

/// Whether an exchange names no person and arrived while one of these actions ran.
pub fn names_nobody_within(exchange: &Exchange, windows: &[LogWindow]) -> bool {
    let within = |(started, ended): &LogWindow| *started <= exchange.received && exchange.received <= *ended;
    let is_message = exchange.service.requests().is_sent_to_kanta();
    is_message && !is_stray(exchange) && exchange.persons.is_empty() && windows.iter().any(within)
}

/// Whether an exchange concerns one of these persons.
pub fn concerns(exchange: &Exchange, persons: &[&str]) -> bool {
    exchange.persons.iter().any(|person| persons.contains(&person.as_str()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::Timestamp;

    use super::{EvidenceLog, Owner};
    use crate::domain::{ActionOutcome, Operation};
    use crate::evidence::{ActionRecord, Body, Caller, Entry, Exchange, RecordedMessage, ServiceTag};

    fn exchange(number: u64, lane: &str, service: &'static str, person: Option<&str>) -> Entry {
        let message = RecordedMessage { start: "POST /".into(), headers: vec![], body: Body::Raw(vec![]) };
        Entry::Exchange(Box::new(Exchange {
            number,
            service: ServiceTag::of_id(service),
            lane: lane.to_owned(),
            received: Timestamp::UNIX_EPOCH,
            answered: Timestamp::UNIX_EPOCH,
            caller: Caller::default(),
            request: message.clone(),
            answer: Some(message),
            operation: Operation::Unknown,
            persons: person.map(str::to_owned).into_iter().collect(),
            message_id: None,
            accepted: false,
            repeated: false,
            handed_out: vec![],
            refused_for: vec![],
            fault: None,
        }))
    }

    fn action(scenario: &str) -> Entry {
        Entry::Action(Box::new(ActionRecord {
            scenario: scenario.to_owned(),
            step: "step".to_owned(),
            action: "store-matter".to_owned(),
            key: String::new(),
            parameters: serde_json::Value::Null,
            started: Timestamp::UNIX_EPOCH,
            ended: Timestamp::UNIX_EPOCH,
            outcome: ActionOutcome::Succeeded,
            result: serde_json::Value::Null,
            message: String::new(),
        }))
    }

    /// Numbers of the exchanges of a scenario that runs in `lane`, about person `A`.
    fn owned(log: &EvidenceLog, lane: &str, scenario: &str) -> Vec<u64> {
        let entries = log.of_lane(lane).of(&Owner { scenario, persons: &["A"], alone: true });
        numbers(&entries)
    }

    fn numbers(entries: &[Arc<Entry>]) -> Vec<u64> {
        entries.iter().filter_map(|entry| entry.exchange()).map(|exchange| exchange.number).collect()
    }

    #[test]
    fn an_exchange_belongs_to_the_lane_that_it_came_in_by() {
        let log = EvidenceLog::default();
        let hear = log.listener();
        let entries = [
            action("one"),
            action("two"),
            exchange(1, "", "archive", Some("A")),
            exchange(2, "2", "archive", Some("A")),
            exchange(3, "2", "archive", None),
            exchange(4, "", "handshake", None),
        ];
        for entry in entries {
            hear(&Arc::new(entry));
        }
        assert_eq!(owned(&log, "", "one"), [1]);
        assert_eq!(owned(&log, "2", "two"), [2, 3]);
        assert_eq!(numbers(&log.of_lane("2").entries()), [2, 3]);
        assert_eq!(numbers(&log.of_lane("2").exchanges_since(0).0), [2, 3, 4]);
        assert_eq!(numbers(&log.entries()), [1, 2, 3, 4]);
    }
}
