//! A permit or prohibition comes after the information about Kanta.

use super::case::Case;
use super::reading::{Statement, statement};
use crate::domain::Declared;
use crate::rule::notice::Notes;

const CODE: &str = "permit-before-information";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let statements: Vec<Option<Statement>> = case.consents().map(|consent| statement(consent, case.rules())).collect();
    let told_here = |person: &str| {
        let tells = |one: &Statement| one.declared == Declared::Information && !one.withdrawn && one.person == person;
        statements.iter().flatten().any(tells)
    };
    for (consent, statement) in case.consents().zip(&statements) {
        let Some(statement) = statement else { continue };
        let needs_information = statement.declared != Declared::Information && !statement.withdrawn;
        let person = statement.person.as_str();
        if needs_information && !case.context.known.is_informed(person) && !told_here(person) {
            notes.bundle(CODE, consent.pointer.clone(), "the information about Kanta before", "none");
        }
    }
}
