//! Every rule about notices, in the order in which their findings stand.

use super::case::Case;
use super::notes::Notes;
use super::{
    NoticeContext, Reading, bundle_size, contained_kind, contained_nested, contained_referenced, contained_security,
    contained_version, controller, elements, full_url, id_length, id_pattern, id_reused, identifier, identity_code,
    interaction, items, maker, media_type, one_person, pairs, profiles, readable, recipient, recorded_after,
    references, request_id, requestor, role, signature, signer, structure, times, token_claims, token_genuine,
    token_organisation, token_scope, transaction,
};
use crate::rule::Finding;

type Rule = fn(&Case<'_>, &mut Notes);

/// What the request wants to do. Of one that wants something else than to create notices, nothing more is
/// judged.
const OF_REQUEST: [Rule; 1] = [interaction::check];

/// What the headers tell.
const OF_HEADERS: [Rule; 6] = [
    token_genuine::check,
    token_organisation::check,
    token_scope::check,
    token_claims::check,
    request_id::check,
    media_type::check,
];

/// Whether the body can be read and kept.
const OF_FORM: [Rule; 3] = [readable::check, bundle_size::check, identity_code::check];

/// Whether the body is FHIR: what it says is judged when it is.
const OF_STRUCTURE: [Rule; 1] = [structure::check];

/// What the Bundle says.
const OF_CONTENT: [Rule; 26] = [
    transaction::check,
    pairs::check,
    one_person::check,
    identifier::check,
    id_length::check,
    id_pattern::check,
    id_reused::check,
    full_url::check,
    profiles::check,
    controller::check,
    recipient::check,
    items::check,
    elements::check,
    times::check,
    recorded_after::check,
    role::check,
    requestor::check,
    maker::check,
    contained_kind::check,
    contained_nested::check,
    contained_version::check,
    contained_security::check,
    contained_referenced::check,
    references::check,
    signer::check,
    identity_code::check_persons,
];

/// What its signature proves, whatever stands in it.
const OF_SIGNATURE: [Rule; 1] = [signature::check];

/// What is wrong with a request: one finding a mistake, with its place. At most twenty findings of one
/// kind are told.
pub fn judge(reading: &Reading, context: &NoticeContext<'_>) -> Vec<Finding> {
    let case = Case::new(reading, context);
    let mut notes = Notes::default();
    if apply(&OF_REQUEST, &case, &mut notes) {
        apply(&OF_HEADERS, &case, &mut notes);
        apply_to_body(&case, &mut notes);
    }
    notes.into_findings(reading, context)
}

/// The same of a Bundle in a file, which has neither headers nor a token.
pub fn judge_body(reading: &Reading, context: &NoticeContext<'_>) -> Vec<Finding> {
    let case = Case::new(reading, context);
    let mut notes = Notes::default();
    apply_to_body(&case, &mut notes);
    notes.into_findings(reading, context)
}

/// What is wrong with any request to the FHIR root, whatever its Bundle holds: headers, token, persons.
pub(in crate::rule) fn judge_request(reading: &Reading, context: &NoticeContext<'_>) -> Vec<Finding> {
    let case = Case::new(reading, context);
    let mut notes = Notes::default();
    apply(&OF_HEADERS, &case, &mut notes);
    apply(&[identity_code::check, identity_code::check_persons], &case, &mut notes);
    notes.into_findings(reading, context)
}

/// A body is judged step by step: what breaks one makes the next say the same in other words.
fn apply_to_body(case: &Case<'_>, notes: &mut Notes) {
    if !apply(&OF_FORM, case, notes) {
        return;
    }
    if apply(&OF_STRUCTURE, case, notes) {
        apply(&OF_CONTENT, case, notes);
    }
    apply(&OF_SIGNATURE, case, notes);
}

/// Applies the rules; whether they have nothing to say.
fn apply(rules: &[Rule], case: &Case<'_>, notes: &mut Notes) -> bool {
    let before = notes.count();
    for rule in rules {
        rule(case, notes);
    }
    notes.count() == before
}
