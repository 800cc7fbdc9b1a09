//! Exactly one party makes a permit between sectors: the client, a professional or a legal representative; a service
//! unit stands there only beside a professional (TIP-PROV-2 to TIP-PROV-4).

use super::subject::{DeclarationCase, DeclarationSubject};
use crate::rule::notice::in_bundle;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::DeclarationMakerWrong;

pub(super) const RULE: Rule<DeclarationSubject> = Rule {
    id: "maker-wrong",
    requirement: "DEC-05",
    sentence: "Exactly one party makes a permit between sectors: the client, a professional or a legal \
               representative; a service unit stands there only beside a professional (TIP-PROV-2 to TIP-PROV-4).",
    codes: &[CODE],
    judge,
};

fn judge(case: &DeclarationCase<'_>, findings: &mut Findings<'_>) {
    let roles = &case.rules().role;
    for provenance in case.provenances().iter().filter(|_| case.crosses_sectors()) {
        let professionals = case.count(provenance, &roles.professional);
        let makers = [&roles.client, &roles.representative].map(|role| case.count(provenance, role));
        let makers = professionals + makers.iter().sum::<usize>();
        let spot = in_bundle(format!("{}/agent", provenance.pointer));
        if makers != 1 {
            let rule = if makers == 0 { "TIP-PROV-3" } else { "TIP-PROV-4" };
            let expected = said::one_of(rule, &roles.client, &roles.professional, &roles.representative);
            findings.add(CODE, &spot, expected, Said::value(makers.to_string()));
        } else if professionals == 0 && case.count(provenance, &roles.unit) > 0 {
            let expected = said::tip_prov_2_only_beside(&roles.unit, &roles.professional);
            findings.add(CODE, &spot, expected, Said::value(&roles.unit));
        }
    }
}
