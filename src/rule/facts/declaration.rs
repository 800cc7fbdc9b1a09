//! What a request with declarations of intent makes happen.

use super::Handling;
use super::notice::request_came;
use crate::reading::{DeclarationReading, Statement};
use crate::state::Fact;

/// What the request made happen: that it came, and where Kanta did what it says, what is declared and withdrawn.
pub fn of_declarations(reading: &DeclarationReading, handling: Handling) -> Vec<Fact> {
    if handling == Handling::Withheld {
        return Vec::new();
    }
    let mut facts: Vec<Fact> = request_came(&reading.request).into_iter().collect();
    if handling == Handling::Done {
        facts.extend(reading.statements.iter().cloned().map(said));
    }
    facts
}

fn said(statement: Statement) -> Fact {
    let Statement { id, person, declared, withdrawn } = statement;
    if withdrawn { Fact::Withdrawn { id, person } } else { Fact::Declared { id, person, declared } }
}
