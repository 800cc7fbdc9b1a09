//! The entries of this run as they are journalled, for the judge and the reports.

use std::sync::{Arc, Mutex, PoisonError};

use crate::evidence::{Entry, Exchange, Listener};

/// All entries so far, in order. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct EvidenceLog(Arc<Mutex<Vec<Arc<Entry>>>>);

impl EvidenceLog {
    /// A listener for the journal that keeps every entry here.
    pub fn listener(&self) -> Listener {
        let log = self.clone();
        Box::new(move |entry| log.lock().push(Arc::clone(entry)))
    }

    /// All entries so far.
    pub fn entries(&self) -> Vec<Arc<Entry>> {
        self.lock().clone()
    }

    /// The entries that belong to a scenario with these persons.
    pub fn of(&self, scenario: &str, persons: &[&str]) -> Vec<Arc<Entry>> {
        self.lock().iter().filter(|entry| belongs(entry, scenario, persons)).cloned().collect()
    }

    /// The exchanges so far, from the `from`th entry on, and how many entries there are.
    pub fn exchanges_since(&self, from: usize) -> (Vec<Arc<Entry>>, usize) {
        let entries = self.lock();
        let new = entries.iter().skip(from).filter(|entry| matches!(***entry, Entry::Exchange(_))).cloned().collect();
        (new, entries.len())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Arc<Entry>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether an entry belongs to a scenario: actions and snapshots by its id, exchanges by its persons.
pub fn belongs(entry: &Entry, scenario: &str, persons: &[&str]) -> bool {
    match entry {
        Entry::Exchange(exchange) => concerns(exchange, persons),
        Entry::Action(action) => action.scenario == scenario,
        Entry::Snapshot(snapshot) => snapshot.scenario == scenario,
    }
}

/// Whether an exchange concerns one of these persons.
pub fn concerns(exchange: &Exchange, persons: &[&str]) -> bool {
    exchange.persons.iter().any(|person| persons.contains(&person.as_str()))
}
