//! Each resource has an OID as its `id`, and every `id` keeps to the data type id of FHIR R4.

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::domain::Oid;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::NoticeIdWrong;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "id-wrong",
    requirement: "DIS-09",
    sentence: "Each resource has an OID as its `id`, and every `id` keeps to the data type id of FHIR R4.",
    codes: &[CODE],
    judge,
};

/// Most characters of an `id`.
const LONGEST: usize = 64;

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    check_oids(case, findings);
    check_lengths(case, findings);
    check_characters(case, findings);
}

fn check_oids(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    for entry in case.entries() {
        let Some(id) = &entry.id else {
            findings.add(CODE, &in_bundle(format!("{}/id", entry.resource())), said::an_oid(), said::none());
            continue;
        };
        if let Err(why) = id.value.parse::<Oid>() {
            findings.add(CODE, &id.spot, said::an_oid(), said::value_why(&id.value, why.said()));
        }
    }
}

fn check_lengths(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let resources = case.entries().iter().filter_map(|entry| entry.id.as_ref());
    for id in resources.chain(case.entries().iter().flat_map(|entry| &entry.contained_ids)) {
        let length = id.value.chars().count();
        if length > LONGEST {
            findings.add(CODE, &id.spot, said::an_id_of_at_most_64_characters(), said::characters(length));
        }
    }
}

/// Of the resources themselves the OID is asked, which is narrower.
fn check_characters(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    for id in case.entries().iter().flat_map(|entry| &entry.contained_ids) {
        if !id.value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.')) {
            findings.add(CODE, &id.spot, said::letters_a_to_z_digits_hyphens_and(), Said::value(&id.value));
        }
    }
}
