//! Disclosure permits that a scenario says are in force: what another controller holds of these persons
//! may be disclosed to whoever names that controller in a search.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// Identity codes of the persons who permit disclosure.
#[derive(Debug, Default)]
pub(super) struct Permits(Mutex<BTreeSet<String>>);

impl Permits {
    /// Puts the permit of `person` in force.
    pub(super) fn grant(&self, person: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(person.to_owned());
    }

    /// Whether `person` permits disclosure.
    pub(super) fn holds(&self, person: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(person)
    }
}
