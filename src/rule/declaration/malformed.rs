//! A request with declarations is a transaction of one or two pairs of Consent and Provenance about one person, and
//! each Consent says what it declares.

use super::subject::{DeclarationCase, DeclarationSubject};
use crate::profile::Declares;
use crate::reading::{category, statement};
use crate::rule::notice::in_bundle;
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::fhir::Consent;
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::DeclarationMalformed;

pub(super) const RULE: Rule<DeclarationSubject> = Rule {
    id: "malformed",
    requirement: "DEC-06",
    sentence: "A request with declarations is a transaction of one or two pairs of Consent and Provenance about one \
               person, and each Consent says what it declares.",
    codes: &[CODE],
    judge,
};

fn judge(case: &DeclarationCase<'_>, findings: &mut Findings<'_>) {
    match &case.reading.request.body {
        Err(error) => findings.add(CODE, &error.spot, said::a_bundle_in_json(), error.said()),
        Ok(bundle) if bundle.json["type"] != "transaction" => {
            findings.add(
                CODE,
                &in_bundle("/type"),
                Said::value("transaction"),
                Said::value(bundle.json["type"].to_string()),
            );
        }
        Ok(_) => {
            check_pairs(case, findings);
            check_persons(case, findings);
            case.consents().for_each(|consent| check_consent(case, consent, findings));
        }
    }
}

fn check_pairs(case: &DeclarationCase<'_>, findings: &mut Findings<'_>) {
    let (bundle, most) = (&case.reading.bundle, case.rules().most_pairs);
    let (consents, provenances) = (bundle.consents.len(), bundle.provenances.len());
    if consents != provenances || consents > most || !bundle.others.is_empty() {
        let found = format!("Consent {consents}, Provenance {provenances}, {}", bundle.others.len());
        let expected = said::n_1_to_pairs_of_consent_and_provenance(most);
        findings.add(CODE, &in_bundle("/entry"), expected, Said::value(found));
    }
    for (full_url, consent) in &bundle.consents {
        let names = |target: &&String| Some(*target) == full_url.as_ref();
        let targets = bundle.provenances.iter().flat_map(|provenance| &provenance.targets);
        if full_url.is_none() || targets.filter(names).count() != 1 {
            let found = Said::value_or(full_url.as_deref(), said::none());
            let expected = said::a_consent_that_one_provenance_names_by();
            findings.add(CODE, &in_bundle(&consent.pointer), expected, found);
        }
    }
}

fn check_persons(case: &DeclarationCase<'_>, findings: &mut Findings<'_>) {
    let mut persons: Vec<&str> = case.consents().filter_map(|consent| consent.person.as_deref()).collect();
    persons.dedup();
    if persons.len() > 1 {
        findings.add(CODE, &in_bundle("/entry"), said::one_person(), Said::value(persons.len().to_string()));
    }
}

fn check_consent(case: &DeclarationCase<'_>, consent: &Consent, findings: &mut Findings<'_>) {
    let rules = case.rules();
    let Some(row) = category(consent, rules) else {
        let found = Said::value_or(consent.category.as_ref().map(|code| &code.code), said::none());
        let spot = in_bundle(format!("{}/category/0/coding/0", consent.pointer));
        return findings.add(CODE, &spot, said::a_category_of(&rules.category_system), found);
    };
    let expected = match row.declares {
        Declares::Information | Declares::Permit => "permit",
        Declares::Prohibition => "deny",
    };
    if consent.provision.as_deref() != Some(expected) {
        let found = Said::value_or(consent.provision.as_deref(), said::none());
        findings.add(CODE, &in_bundle(format!("{}/provision/type", consent.pointer)), Said::value(expected), found);
    }
    if statement(consent, rules).is_none() {
        let expected = said::identifier_status_patient_and_what_is_forbidden();
        findings.add(CODE, &in_bundle(&consent.pointer), expected, said::incomplete());
    }
}
