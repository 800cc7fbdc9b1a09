//! Declarations of intent: whose they are, and which are in force.

use std::collections::{BTreeMap, HashMap};

use crate::domain::Declared;

/// What stands under the identifier of a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclarationState {
    /// Identity code of the person who made it.
    pub person: String,
    /// Whether it is in force.
    pub in_force: bool,
}

/// Every declaration that was made.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Declarations {
    /// Who declared last under an identifier.
    person_of: HashMap<String, String>,
    /// By person and identifier; nothing where it is withdrawn.
    of_person: HashMap<String, BTreeMap<String, Option<Declared>>>,
}

impl Declarations {
    /// Puts a declaration in force.
    pub fn declare(&mut self, id: &str, person: &str, declared: &Declared) {
        self.person_of.insert(id.to_owned(), person.to_owned());
        self.of_person.entry(person.to_owned()).or_default().insert(id.to_owned(), Some(declared.clone()));
    }

    /// Withdraws what `person` declared as `id`.
    pub fn withdraw(&mut self, id: &str, person: &str) {
        if let Some(declared) = self.of_person.get_mut(person).and_then(|own| own.get_mut(id)) {
            *declared = None;
        }
    }

    /// What stands under `id`.
    pub fn get(&self, id: &str) -> Option<DeclarationState> {
        let person = self.person_of.get(id)?;
        let in_force = self.of_person.get(person).and_then(|own| own.get(id)).is_some_and(Option::is_some);
        Some(DeclarationState { person: person.clone(), in_force })
    }

    /// What is in force for `person`.
    pub fn in_force(&self, person: &str) -> impl Iterator<Item = &Declared> {
        self.of_person.get(person).into_iter().flat_map(BTreeMap::values).flatten()
    }
}
