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

    /// The entries that belong to a scenario.
    pub fn of(&self, owner: &Owner<'_>) -> Vec<Arc<Entry>> {
        let entries = self.lock();
        let windows = if owner.alone { windows(&entries, Some(owner.scenario)) } else { Vec::new() };
        entries.iter().filter(|entry| owner.owns(entry, &windows)).cloned().collect()
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

/// The scenario whose entries are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Owner<'a> {
    /// Its id.
    pub scenario: &'a str,
    /// Identity codes of its persons.
    pub persons: &'a [&'a str],
    /// Whether no other scenario runs beside it. Then a message that names nobody, which arrived while
    /// one of its actions ran, is its own.
    pub alone: bool,
}

/// From when to when an action ran.
pub type Window = (jiff::Timestamp, jiff::Timestamp);

impl Owner<'_> {
    /// Actions and snapshots belong by the scenario's id, exchanges by its persons.
    fn owns(&self, entry: &Entry, windows: &[Window]) -> bool {
        match entry {
            Entry::Exchange(exchange) => concerns(exchange, self.persons) || names_nobody_within(exchange, windows),
            Entry::Action(action) => action.scenario == self.scenario,
            Entry::Snapshot(snapshot) => snapshot.scenario == self.scenario,
        }
    }
}

/// When the actions of a scenario ran, or those of all of them.
pub fn windows(entries: &[Arc<Entry>], scenario: Option<&str>) -> Vec<Window> {
    let window = |entry: &Arc<Entry>| match &**entry {
        Entry::Action(action) if scenario.is_none_or(|id| id == action.scenario) => {
            Some((action.started, action.ended))
        }
        _ => None,
    };
    entries.iter().filter_map(window).collect()
}

/// Whether an exchange names no person and arrived while one of these actions ran.
pub fn names_nobody_within(exchange: &Exchange, windows: &[Window]) -> bool {
    let within = |(started, ended): &Window| *started <= exchange.received && exchange.received <= *ended;
    let is_message = exchange.channel.brings_messages();
    is_message && exchange.persons.is_empty() && windows.iter().any(within)
}

/// Whether an exchange concerns one of these persons.
pub fn concerns(exchange: &Exchange, persons: &[&str]) -> bool {
    exchange.persons.iter().any(|person| persons.contains(&person.as_str()))
}
