//! Exactly one party makes a permit between sectors: the client, a professional or a legal representative; a service
//! unit stands there only beside a professional (TIP-PROV-2 to TIP-PROV-4).

use super::case::Case;
use crate::rule::notice::Notes;

const CODE: &str = "declaration-maker-wrong";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let roles = &case.rules().role;
    for provenance in case.provenances().iter().filter(|_| case.crosses_sectors()) {
        let professionals = case.count(provenance, &roles.professional);
        let makers = [&roles.client, &roles.representative].map(|role| case.count(provenance, role));
        let makers = professionals + makers.iter().sum::<usize>();
        let place = format!("{}/agent", provenance.pointer);
        if makers != 1 {
            let rule = if makers == 0 { "TIP-PROV-3" } else { "TIP-PROV-4" };
            let expected = format!("{rule}: one of {}, {}, {}", roles.client, roles.professional, roles.representative);
            notes.bundle(CODE, place, expected, makers.to_string());
        } else if professionals == 0 && case.count(provenance, &roles.unit) > 0 {
            let expected = format!("TIP-PROV-2: {} only beside {}", roles.unit, roles.professional);
            notes.bundle(CODE, place, expected, roles.unit.as_str());
        }
    }
}
