//! A permit or prohibition comes after the information about Kanta.

use super::subject::{DeclarationCase, DeclarationSubject};
use crate::domain::Declared;
use crate::reading::{Statement, statement};
use crate::rule::notice::in_bundle;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

const CODE: FindingCode = FindingCode::PermitBeforeInformation;

pub(super) const RULE: Rule<DeclarationSubject> = Rule {
    id: "permit-before-information",
    requirement: "DEC-02",
    sentence: "A permit or prohibition comes after the information about Kanta.",
    codes: &[CODE],
    judge,
};

fn judge(case: &DeclarationCase<'_>, findings: &mut Findings<'_>) {
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
            let spot = in_bundle(&consent.pointer);
            findings.add(CODE, &spot, said::the_information_about_kanta_before(), said::none());
        }
    }
}
