//! A notice has an entity for each disclosed item, described by a general type, a specific type or a text.

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

const CODE: FindingCode = FindingCode::NoticeItemUndescribed;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "item-undescribed",
    requirement: "DIS-07",
    sentence: "A notice has an entity for each disclosed item, described by a general type, a specific type or a text.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    for notice in case.notices() {
        if notice.entities.iter().all(|entity| entity.is_client) {
            let spot = in_bundle(format!("{}/entity", notice.resource()));
            findings.add(CODE, &spot, said::an_entity_for_each_disclosed_item(), said::none());
        }
        for entity in notice.entities.iter().filter(|entity| !entity.is_client && !entity.described) {
            let expected = said::a_general_type_a_specific_type_or();
            findings.add(CODE, &entity.spot, expected, said::none_of_them());
        }
    }
}
