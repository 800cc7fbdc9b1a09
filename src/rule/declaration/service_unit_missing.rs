//! A professional who makes a permit between sectors is given with the service unit (TIP-PROV-1).

use super::subject::{DeclarationCase, DeclarationSubject};
use crate::rule::notice::in_bundle;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

const CODE: FindingCode = FindingCode::DeclarationServiceUnitMissing;

pub(super) const RULE: Rule<DeclarationSubject> = Rule {
    id: "service-unit-missing",
    requirement: "DEC-03",
    sentence: "A professional who makes a permit between sectors is given with the service unit (TIP-PROV-1).",
    codes: &[CODE],
    judge,
};

fn judge(case: &DeclarationCase<'_>, findings: &mut Findings<'_>) {
    let roles = &case.rules().role;
    for provenance in case.provenances().iter().filter(|_| case.crosses_sectors()) {
        if case.count(provenance, &roles.professional) > 0 && case.count(provenance, &roles.unit) == 0 {
            let expected = said::tip_prov_1_beside(&roles.unit, &roles.professional);
            findings.add(CODE, &in_bundle(format!("{}/agent", provenance.pointer)), expected, said::none());
        }
    }
}
