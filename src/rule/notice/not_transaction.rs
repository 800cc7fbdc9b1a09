//! The Bundle is a transaction whose entries create resources, each by a POST to its type.

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::fhir::BundleEntry;
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::NoticeNotTransaction;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "not-transaction",
    requirement: "DIS-15",
    sentence: "The Bundle is a transaction whose entries create resources, each by a POST to its type.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let Some(bundle) = case.bundle else { return };
    let kind = bundle.kind.as_ref().map(|kind| kind.value.as_str());
    if kind != Some("transaction") {
        findings.add(CODE, &in_bundle("/type"), Said::value("transaction"), Said::value_or(kind, said::none()));
    }
    for entry in &bundle.entries {
        check_entry(entry, findings);
    }
}

fn check_entry(entry: &BundleEntry, findings: &mut Findings<'_>) {
    let kind = entry.kind.name();
    let (relative, actual) = match entry.request.as_ref().map(|request| &request.value) {
        None => ("", said::none()),
        Some((method, _)) if method != "POST" => ("/method", Said::value(method)),
        Some((_, url)) if url != kind => ("/url", Said::value(url)),
        Some(_) => return,
    };
    findings.add(
        CODE,
        &in_bundle(format!("{}/request{relative}", entry.spot.path)),
        Said::value(format!("POST {kind}")),
        actual,
    );
}
