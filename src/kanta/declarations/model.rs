//! Declarations of intent, whatever message brought them.

use jiff::Timestamp;

use crate::domain::Declared;
use crate::state::Fact;

/// A declaration of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// Its identifier, by which it is replaced and withdrawn.
    pub id: String,
    /// Identity code of the person.
    pub person: String,
    pub declared: Declared,
    /// When it was stored.
    pub stored: Timestamp,
}

impl Declaration {
    /// That it is in force from now on.
    pub(in crate::kanta) fn fact(&self) -> Fact {
        Fact::Declared { id: self.id.clone(), person: self.person.clone(), declared: self.declared.clone() }
    }
}
