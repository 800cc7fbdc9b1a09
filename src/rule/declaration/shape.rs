//! A request with declarations is a transaction of one or two pairs of Consent and Provenance about one
//! person, and each Consent says what it declares.

use super::case::Case;
use super::reading::{category, statement};
use crate::profile::Declares;
use crate::rule::notice::Notes;
use crate::wire::fhir::Consent;

const CODE: &str = "declaration-malformed";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    match &case.reading.request.body {
        Err(error) => notes.add(CODE, error.spot.clone(), "a Bundle in JSON", error.to_string()),
        Ok(bundle) if bundle.json["type"] != "transaction" => {
            notes.bundle(CODE, "/type", "transaction", bundle.json["type"].to_string());
        }
        Ok(_) => {
            check_pairs(case, notes);
            check_persons(case, notes);
            case.consents().for_each(|consent| check_consent(case, consent, notes));
        }
    }
}

fn check_pairs(case: &Case<'_>, notes: &mut Notes) {
    let (bundle, most) = (&case.reading.bundle, case.rules().most_pairs);
    let (consents, provenances) = (bundle.consents.len(), bundle.provenances.len());
    if consents != provenances || consents > most || !bundle.others.is_empty() {
        let found = format!("Consent {consents}, Provenance {provenances}, {}", bundle.others.len());
        notes.bundle(CODE, "/entry", format!("1 to {most} pairs of Consent and Provenance"), found);
    }
    for (full_url, consent) in &bundle.consents {
        let names = |target: &&String| Some(*target) == full_url.as_ref();
        let targets = bundle.provenances.iter().flat_map(|provenance| &provenance.targets);
        if full_url.is_none() || targets.filter(names).count() != 1 {
            let found = full_url.as_deref().unwrap_or("none");
            notes.bundle(CODE, consent.pointer.clone(), "a Consent that one Provenance names by fullUrl", found);
        }
    }
}

fn check_persons(case: &Case<'_>, notes: &mut Notes) {
    let mut persons: Vec<&str> = case.consents().filter_map(|consent| consent.person.as_deref()).collect();
    persons.dedup();
    if persons.len() > 1 {
        notes.bundle(CODE, "/entry", "one person", persons.len().to_string());
    }
}

fn check_consent(case: &Case<'_>, consent: &Consent, notes: &mut Notes) {
    let rules = case.rules();
    let Some(row) = category(consent, rules) else {
        let found = consent.category.as_ref().map_or("none", |code| code.code.as_str());
        let place = format!("{}/category/0/coding/0", consent.pointer);
        return notes.bundle(CODE, place, format!("a category of {}", rules.category_system), found);
    };
    let expected = match row.declares {
        Declares::Information | Declares::Permit => "permit",
        Declares::Prohibition => "deny",
    };
    if consent.provision.as_deref() != Some(expected) {
        let found = consent.provision.as_deref().unwrap_or("none");
        notes.bundle(CODE, format!("{}/provision/type", consent.pointer), expected, found);
    }
    if statement(consent, rules).is_none() {
        let expected = "identifier, status, patient and what is forbidden";
        notes.bundle(CODE, consent.pointer.clone(), expected, "incomplete");
    }
}
