//! Every rule about notices, in the order in which their findings stand.

use super::case::Case;
use super::notes::Notes;
use super::{
    NoticeContext, Reading, contained, controller, elements, full_url, identifier, identity_code, items, media_type,
    one_person, pairs, profiles, readable, recipient, request_id, signature, signer, times, token_claims,
    token_genuine, token_scope, transaction,
};
use crate::rule::Finding;

type Rule = fn(&Case<'_>, &mut Notes);

/// What the headers tell.
const OF_HEADERS: [Rule; 5] =
    [token_genuine::check, token_scope::check, token_claims::check, request_id::check, media_type::check];

/// What the Bundle tells by itself.
const OF_BODY: [Rule; 17] = [
    readable::check,
    identity_code::check,
    transaction::check,
    pairs::check,
    one_person::check,
    identifier::check,
    full_url::check,
    profiles::check,
    controller::check,
    recipient::check,
    items::check,
    elements::check,
    times::check,
    contained::check,
    signature::check,
    signer::check,
    identity_code::check_persons,
];

/// What is wrong with a request: one finding a mistake, with its place. At most twenty findings of one
/// kind are told.
pub fn judge(reading: &Reading, context: &NoticeContext<'_>) -> Vec<Finding> {
    apply(&[&OF_HEADERS[..], &OF_BODY].concat(), reading, context)
}

/// The same of a Bundle in a file, which has neither headers nor a token.
pub fn judge_body(reading: &Reading, context: &NoticeContext<'_>) -> Vec<Finding> {
    apply(&OF_BODY, reading, context)
}

fn apply(rules: &[Rule], reading: &Reading, context: &NoticeContext<'_>) -> Vec<Finding> {
    let case = Case::new(reading, context);
    let mut notes = Notes::default();
    for rule in rules {
        rule(&case, &mut notes);
    }
    notes.into_findings(reading, context)
}
