//! The rules about notices in the order in which their findings stand, and what a body has to be for the next ones to
//! look at it.

use super::subject::{NoticeCase, NoticeSubject};
use super::{
    NoticeContext, bundle_too_large, certificate_invalid, contained_wrong, controller_missing, element_forbidden,
    element_missing, full_url_differs, id_reused, id_wrong, identity_code_foreign, identity_code_wrong,
    interaction_wrong, item_undescribed, maker_differs, media_type_wrong, not_transaction, pair_incomplete,
    persons_mixed, profile, recipient_missing, recipient_unclear, recorded_early, request_id, request_not_judged,
    role_wrong, signature_missing, signature_unverified, signature_wrong, signer_differs, structure_wrong,
    token_certificate_invalid, token_claim_missing, token_missing, token_organisation_differs, token_refused,
    token_unverified, unreadable,
};
use crate::domain::Severity;
use crate::profile::SignatureMode;
use crate::reading::{NoticeReading, TokenReading};
use crate::rule::{Finding, FindingCode, Findings, PartTexts, Rule, RuleEntry, Stage, Weight, entries, run_stages};
use crate::wire::Part;

/// Findings about the Bundle's signature, whose weight the profile may set.
const OF_SIGNATURE: [FindingCode; 5] = [
    FindingCode::NoticeSignatureMissing,
    FindingCode::NoticeSignatureUnverified,
    FindingCode::NoticeSignatureWrong,
    FindingCode::NoticeCertificateInvalid,
    FindingCode::NoticeSignerDiffers,
];

/// What the headers of any request to the FHIR root tell.
const OF_HEADERS: &[Rule<NoticeSubject>] = &[
    token_missing::RULE,
    token_refused::RULE,
    token_unverified::RULE,
    token_certificate_invalid::RULE,
    token_organisation_differs::RULE,
    token_claim_missing::RULE,
    request_id::RULE,
    media_type_wrong::RULE,
];

/// What the Bundle says.
const OF_CONTENT: &[Rule<NoticeSubject>] = &[
    not_transaction::RULE,
    pair_incomplete::RULE,
    persons_mixed::RULE,
    id_wrong::RULE,
    id_reused::RULE,
    full_url_differs::RULE,
    profile::RULE,
    controller_missing::RULE,
    recipient_missing::RULE,
    recipient_unclear::RULE,
    item_undescribed::RULE,
    element_missing::RULE,
    element_forbidden::RULE,
    recorded_early::RULE,
    role_wrong::RULE,
    maker_differs::RULE,
    contained_wrong::RULE,
    signer_differs::RULE,
    identity_code_wrong::RULE,
];

/// What the request wants to do, and what its headers tell.
const OF_REQUEST: &[Stage<NoticeSubject>] =
    &[Stage { rules: &[interaction_wrong::RULE], applies: always }, Stage { rules: OF_HEADERS, applies: creates }];

/// The body, step by step: what breaks one makes the next say the same in other words.
const OF_BODY: &[Stage<NoticeSubject>] = &[
    Stage { rules: &[unreadable::RULE, bundle_too_large::RULE, identity_code_foreign::RULE], applies: creates },
    Stage { rules: &[structure_wrong::RULE], applies: is_readable },
    Stage { rules: OF_CONTENT, applies: is_structured },
    Stage {
        rules: &[signature_missing::RULE, signature_unverified::RULE, signature_wrong::RULE, certificate_invalid::RULE],
        applies: is_readable,
    },
];

/// What a file lacks.
const OF_FILE: &[Stage<NoticeSubject>] = &[Stage { rules: &[request_not_judged::RULE], applies: always }];

/// What is asked of any request to the FHIR root, whatever its Bundle holds: headers, token, persons.
const OF_ANY_REQUEST: &[Stage<NoticeSubject>] = &[
    Stage { rules: OF_HEADERS, applies: always },
    Stage { rules: &[identity_code_foreign::RULE, identity_code_wrong::RULE], applies: always },
];

/// What is wrong with a request: one finding a mistake, with its place.
pub fn judge(reading: &NoticeReading, context: &NoticeContext<'_>) -> Vec<Finding> {
    run(&[OF_REQUEST, OF_BODY], reading, context).into_list()
}

/// What is wrong with the Bundle alone, whatever headers and token it comes with.
pub fn judge_body(reading: &NoticeReading, context: &NoticeContext<'_>) -> Vec<Finding> {
    run(&[OF_BODY], reading, context).into_list()
}

/// What is wrong with a Bundle in a file, and what of the request cannot be judged.
pub fn judge_file(reading: &NoticeReading, context: &NoticeContext<'_>) -> Vec<Finding> {
    run(&[OF_BODY, OF_FILE], reading, context).into_list()
}

/// What is wrong with any request to the FHIR root: of declarations too, whose own findings may follow.
pub(in crate::rule) fn judge_any_request<'a>(
    reading: &'a NoticeReading,
    context: &'a NoticeContext<'a>,
) -> Findings<'a> {
    run(&[OF_ANY_REQUEST], reading, context)
}

/// The rules about notices.
pub(in crate::rule) fn rules() -> impl Iterator<Item = RuleEntry> {
    [OF_REQUEST, OF_BODY, OF_FILE].into_iter().flat_map(entries)
}

fn run<'a>(
    stages: &[&[Stage<NoticeSubject>]],
    reading: &'a NoticeReading,
    context: &'a NoticeContext<'a>,
) -> Findings<'a> {
    let case = NoticeCase::new(reading, context);
    let findings = Findings::new(context.catalogue, context.strictness).about(context.exchange, texts(reading));
    let mut findings = match context.profile.notice.signature.mode {
        SignatureMode::ByClass => findings,
        SignatureMode::Off => findings.weighing(&OF_SIGNATURE, Weight::Untold),
        SignatureMode::Warn => findings.weighing(&OF_SIGNATURE, Weight::Fixed(Severity::Warning)),
        SignatureMode::Fail => findings.weighing(&OF_SIGNATURE, Weight::Fixed(Severity::Fail)),
    };
    stages.iter().for_each(|stages| run_stages(stages, &case, &mut findings));
    findings
}

fn texts(reading: &NoticeReading) -> PartTexts<'_> {
    let mut texts = PartTexts::new();
    if let Ok(text) = std::str::from_utf8(&reading.request.body) {
        texts.insert(Part::Bundle, text);
    }
    if let TokenReading::Read(token) = &reading.token {
        texts.insert(Part::Token, token.claims.text.as_str());
    }
    texts
}

fn always(_: &NoticeCase<'_>, _: &Findings<'_>) -> bool {
    true
}

/// Of a request that wants something else than to create notices, nothing more is judged.
fn creates(_: &NoticeCase<'_>, findings: &Findings<'_>) -> bool {
    !findings.has_any(interaction_wrong::RULE.codes)
}

/// Whether the body can be read and kept.
fn is_readable(case: &NoticeCase<'_>, findings: &Findings<'_>) -> bool {
    let of_form = [unreadable::RULE.codes, bundle_too_large::RULE.codes, identity_code_foreign::RULE.codes];
    creates(case, findings) && !of_form.into_iter().any(|codes| findings.has_any(codes))
}

/// Whether the body is FHIR: what it says is judged when it is.
fn is_structured(case: &NoticeCase<'_>, findings: &Findings<'_>) -> bool {
    is_readable(case, findings) && case.violations().is_empty()
}
