//! What every request to the FHIR root has in common: how the rules see it, and how it is refused.

use axum::http::StatusCode;

use super::answers::{issue, issues, outcome};
use crate::domain::{RefusalGround, Severity};
use crate::kanta::core::Core;
use crate::kanta::exchange::{Arrival, FOREIGN_CODE, ServiceAnswer, each_once};
use crate::kanta::knowledge::LiveKnowledge;
use crate::reading::{NoticeReading, NoticeRequest, request_id};
use crate::rule::notice::NoticeContext;
use crate::rule::{Finding, FindingCode};
use crate::state::{Earlier, Fingerprint};

/// Findings about the token for which the service answers 401 and nothing else.
const TOKEN: [FindingCode; 4] = [
    FindingCode::TokenMissing,
    FindingCode::TokenRefused,
    FindingCode::TokenUnverified,
    FindingCode::TokenCertificateInvalid,
];
/// The finding for which nothing in the Bundle was judged.
const TOO_LARGE: FindingCode = FindingCode::NoticeBundleTooLarge;
/// The finding for which the service answers that the caller has no right.
const ACCESS: FindingCode = FindingCode::TokenOrganisationDiffers;

/// The request as the rules read it.
pub(in crate::kanta) fn request_of(arrival: &Arrival) -> NoticeRequest {
    NoticeRequest {
        method: arrival.method().to_owned(),
        path: arrival.path().to_owned(),
        headers: arrival.headers().to_vec(),
        body: arrival.body().to_vec(),
    }
}

/// What the request is judged by.
pub(in crate::kanta) fn context<'a>(
    core: &'a Core,
    arrival: &Arrival,
    known: &'a LiveKnowledge<'_>,
) -> NoticeContext<'a> {
    NoticeContext {
        profile: &core.profile,
        catalogue: &core.catalogue,
        strictness: core.strictness,
        trust: &core.trust,
        now: arrival.received,
        audience: &core.audience,
        known,
        exchange: Some(arrival.number),
    }
}

/// Whether the same request came before, as it is now.
pub(in crate::kanta) fn is_repeated(core: &Core, reading: &NoticeReading) -> bool {
    let body = Fingerprint::of(&reading.request.body);
    let earlier = request_id(reading).map(|id| core.archive.state().request(id, body));
    matches!(earlier, Some(Earlier::Same { .. }))
}

/// The findings for which a request may be refused. One that is sent again as it was is answered like the first: that
/// it kept its identifier is told by the report alone.
pub(in crate::kanta) fn without_repetition(findings: Vec<Finding>, is_repeated: bool) -> Vec<Finding> {
    findings.into_iter().filter(|finding| !(is_repeated && finding.code == FindingCode::RequestIdReused)).collect()
}

/// Codes of the findings for which the request is refused, each once. No service takes a token that is
/// not valid, however surely the rule is known, nor what it has not judged.
pub(in crate::kanta) fn grounds(findings: &[Finding]) -> Vec<RefusalGround> {
    let refused = |finding: &&Finding| match finding.severity {
        Severity::Fail => true,
        Severity::Warning => [ACCESS, TOO_LARGE].contains(&finding.code) || TOKEN.contains(&finding.code),
        Severity::Note => false,
    };
    each_once(findings.iter().filter(refused).map(|finding| finding.code.into()))
}

/// The findings, of which those that the request is refused for are errors whatever their class.
fn as_errors(grounds: &[RefusalGround], findings: &[Finding]) -> Vec<Finding> {
    let error = |finding: &Finding| match grounds.contains(&finding.code.into()) {
        true => Finding { severity: Severity::Fail, ..finding.clone() },
        false => finding.clone(),
    };
    findings.iter().map(error).collect()
}

/// The answer to a request that is refused on these grounds. Kanta tells nothing about a bad token or a text
/// that it cannot read.
pub(in crate::kanta) fn refusal(
    core: &Core,
    is_readable: bool,
    grounds: &[RefusalGround],
    findings: &[Finding],
) -> ServiceAnswer {
    let has = |codes: &[FindingCode]| codes.iter().any(|code| grounds.contains(&(*code).into()));
    let findings = &as_errors(grounds, findings);
    let integrity = |status| outcome(status, &issues(core, "integrity", findings));
    if has(&TOKEN) {
        ServiceAnswer::empty(StatusCode::UNAUTHORIZED)
    } else if has(&[FindingCode::TokenClaimMissing, ACCESS]) {
        outcome(StatusCode::UNAUTHORIZED, &issues(core, "access-right", findings))
    } else if has(&[FindingCode::NoticeMediaTypeWrong]) {
        integrity(StatusCode::UNSUPPORTED_MEDIA_TYPE)
    } else if has(&[TOO_LARGE]) {
        integrity(StatusCode::PAYLOAD_TOO_LARGE)
    } else if !is_readable {
        ServiceAnswer::empty(StatusCode::BAD_REQUEST)
    } else if has(&[FindingCode::NoticeIdReused, FindingCode::RequestIdReused]) {
        integrity(StatusCode::CONFLICT)
    } else if has(&[FindingCode::NoticeUnreadable, FindingCode::NoticeNotTransaction, FindingCode::RequestIdMissing]) {
        integrity(StatusCode::BAD_REQUEST)
    } else {
        integrity(StatusCode::UNPROCESSABLE_ENTITY)
    }
}

/// The answer to a request that holds an identity code outside the 900 series.
pub(in crate::kanta) fn withheld(core: &Core) -> ServiceAnswer {
    let text = format!("[{FOREIGN_CODE}] an identity code outside the 900 series stands in the request");
    outcome(StatusCode::UNPROCESSABLE_ENTITY, &[issue(core, "integrity", text, None)])
}
