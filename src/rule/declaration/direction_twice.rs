//! Two permits between sectors in one request go in different directions.

use super::subject::{DeclarationCase, DeclarationSubject};
use crate::domain::Declared;
use crate::reading::statement;
use crate::rule::notice::in_bundle;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::DeclarationDirectionTwice;

pub(super) const RULE: Rule<DeclarationSubject> = Rule {
    id: "direction-twice",
    requirement: "DEC-04",
    sentence: "Two permits between sectors in one request go in different directions.",
    codes: &[CODE],
    judge,
};

fn judge(case: &DeclarationCase<'_>, findings: &mut Findings<'_>) {
    let mut seen = Vec::new();
    for consent in case.consents() {
        let Some(statement) = statement(consent, case.rules()) else { continue };
        let Declared::Permit { from, to } = statement.declared else { continue };
        if from == to {
            continue;
        }
        if seen.contains(&(from, to)) {
            let spot = in_bundle(format!("{}/category/0/coding/0/code", consent.pointer));
            findings.add(
                CODE,
                &spot,
                said::another_direction(),
                Said::value(format!("{} → {}", from.name(), to.name())),
            );
        }
        seen.push((from, to));
    }
}
