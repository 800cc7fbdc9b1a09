//! A professional who makes a permit between sectors is given with the service unit (TIP-PROV-1).

use super::case::Case;
use crate::rule::notice::Notes;

const CODE: &str = "declaration-service-unit-missing";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let roles = &case.rules().role;
    for provenance in case.provenances().iter().filter(|_| case.crosses_sectors()) {
        if case.count(provenance, &roles.professional) > 0 && case.count(provenance, &roles.unit) == 0 {
            let expected = format!("TIP-PROV-1: {} beside {}", roles.unit, roles.professional);
            notes.bundle(CODE, format!("{}/agent", provenance.pointer), expected, "none");
        }
    }
}
