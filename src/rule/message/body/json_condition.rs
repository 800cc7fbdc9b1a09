//! The structured form has the members that the annotations of its schema make needed because of others.

use crate::rule::message::document::content_specification_differs::is_content_specification_fitting;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::json::pointer_to;
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "json-condition",
    requirement: "STO-21",
    sentence: "The structured form has the members that the annotations of its schema make needed because of others.",
    codes: &[FindingCode::JsonConditionBroken, FindingCode::JsonConditionNotJudged],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(json) = subject.json() else { return };
    let specification = subject.header().and_then(|header| header.content_specification.as_ref());
    let Some(specification) = specification.filter(|_| is_content_specification_fitting(subject)) else { return };
    let conditions = subject.context.schemas.conditions(specification, &json.value);
    for unmet in conditions.unmet {
        let spot = json.spot(&pointer_to(&unmet.pointer, &unmet.member));
        findings.add(
            FindingCode::JsonConditionBroken,
            &spot,
            Said::value(unmet.note),
            if unmet.is_true { said::not_true() } else { said::nothing() },
        );
    }
    for unread in conditions.unread {
        let spot = json.spot(&pointer_to(&unread.pointer, &unread.member));
        findings.add(FindingCode::JsonConditionNotJudged, &spot, Said::value(unread.note), said::nothing());
    }
}
