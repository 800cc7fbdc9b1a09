//! The scenarios, tables and profile that ship with the harness.

use crate::source::SourceFile;

macro_rules! files {
    ($($path:literal),+ $(,)?) => {
        &[$((concat!("scenarios/", $path), include_str!(concat!("../../scenarios/", $path)))),+]
    };
}

/// Every scenario that ships, by its path. A test compares this list with the folder.
const FILES: &[(&str, &str)] = files![
    "storage/client-relationship.toml",
    "storage/matter.toml",
    "storage/client-document.toml",
    "storage/pdf-document.toml",
    "storage/two-documents.toml",
    "storage/wrong-identity-code.toml",
    "search/by-client.toml",
    "search/nothing-found.toml",
    "search/metadata-only.toml",
    "search/newest-version.toml",
    "search/view-document.toml",
    "search/several-pages.toml",
    "search/several-pages-of-metadata.toml",
    "search/service-fault.toml",
    "search/answer-cut-short.toml",
    "search/busy.toml",
    "search/rejected-then-answered.toml",
    "replacement/correct.toml",
    "replacement/correct-twice.toml",
    "replacement/nullify.toml",
    "replacement/of-another-controller.toml",
    "declarations/information-and-permit.toml",
    "declarations/no-information.toml",
    "declarations/prohibited-document.toml",
    "declarations/prohibited-service-task.toml",
    "declarations/prohibited-controller.toml",
    "declarations/metadata-hides-prohibited.toml",
    "declarations/permit-of-health-care.toml",
    "declarations/permit-withdrawn.toml",
    "declarations/permit-before-information.toml",
    "declarations/permits-between-sectors.toml",
    "access-right/relevant-connection.toml",
    "access-right/statutory-ground.toml",
    "access-right/own-register.toml",
    "access-right/outsourced-search.toml",
    "access-right/outsourced-storage.toml",
    "access-right/disclosure-in-logs.toml",
    "disclosure-notice/one-item.toml",
    "disclosure-notice/several-items.toml",
    "disclosure-notice/two-documents.toml",
    "disclosure-notice/paper-only.toml",
    "disclosure-notice/to-the-client.toml",
    "disclosure-notice/through-the-archive.toml",
    "disclosure-notice/two-clients.toml",
    "disclosure-notice/two-events.toml",
    "disclosure-notice/corrected.toml",
    "disclosure-notice/outsourced-service.toml",
    "disclosure-notice/of-a-tenant.toml",
    "log/each-action.toml",
    "log/failed-search.toml",
    "log/disclosure.toml",
    "log/nothing-secret.toml",
    "log/refused-notice.toml",
    "log/blocked-viewing.toml",
    "log/tampering.toml",
    "log/edit-refused.toml",
    "log/retention.toml",
    "log/client-request.toml",
    "log/daylight-saving.toml",
    "robustness/error-answer.toml",
    "robustness/away-and-back.toml",
    "robustness/broken-after-storing.toml",
    "robustness/answer-to-other-message.toml",
    "robustness/garbage-answer.toml",
    "robustness/unknown-answer-code.toml",
    "robustness/too-many-requests.toml",
    "robustness/slow-answer.toml",
    "robustness/dribbled-answer.toml",
    "robustness/reset-before-storing.toml",
    "robustness/reset-after-storing.toml",
    "robustness/half-closed.toml",
    "robustness/malformed-answer.toml",
    "robustness/doubled-answer.toml",
    "robustness/empty-refusal.toml",
    "robustness/expired-server-certificate.toml",
    "robustness/foreign-server-certificate.toml",
    "robustness/misnamed-server-certificate.toml",
    "robustness/notice-away-and-back.toml",
    "robustness/notice-broken-after-storing.toml",
    "robustness/notice-answer-cut-short.toml",
    "robustness/notice-garbage-answer.toml",
    "robustness/notice-token-renewed.toml",
    "robustness/notice-empty-refusal.toml",
    "robustness/notice-refused.toml",
    "robustness/notice-several-errors.toml",
    "robustness/notice-unknown-code.toml",
    "robustness/notice-access-refused.toml",
    "robustness/notice-validation-error.toml",
    "robustness/notice-empty-bad-request.toml",
    "robustness/notice-malformed-answer.toml",
    "robustness/notice-service-busy.toml",
    "robustness/notice-too-many-requests.toml",
    "robustness/notice-expired-server-certificate.toml",
    "robustness/notice-foreign-server-certificate.toml",
    "robustness/notice-misnamed-server-certificate.toml",
    "robustness/notices-after-outage.toml",
];

/// The built-in scenarios, in the order in which they run.
pub fn built_in_files() -> Vec<SourceFile> {
    FILES.iter().map(|(name, text)| SourceFile::new(*name, *text)).collect()
}

/// The built-in tables of requirements and findings.
pub fn built_in_tables() -> (SourceFile, SourceFile) {
    (
        SourceFile::new("scenarios/requirements.toml", include_str!("../../scenarios/requirements.toml")),
        SourceFile::new("scenarios/findings.toml", include_str!("../../scenarios/findings.toml")),
    )
}
