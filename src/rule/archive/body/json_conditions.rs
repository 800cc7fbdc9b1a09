//! The structured form has the members that the annotations of its schema make needed because of others.

use crate::rule::archive::document::is_content_specification_fitting;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::Subject;
use crate::rule::{FindingCode, Findings};
use crate::wire::json::pointer_to;
use crate::words::said;

pub const JSON_CONDITIONS: Rule = Rule {
    sentence: "The structured form has the members that the annotations of its schema make needed because of others.",
    codes: &[FindingCode::JsonConditionBroken, FindingCode::JsonConditionNotJudged],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(json) = subject.json() else { return };
    let specification = subject.header().and_then(|header| header.content_specification.as_ref());
    let Some(specification) = specification.filter(|_| is_content_specification_fitting(subject)) else { return };
    let conditions = subject.context.schemas.conditions(specification, &json.value);
    for unmet in conditions.unmet {
        let spot = json.spot(&pointer_to(&unmet.pointer, &unmet.member));
        findings.add(
            FindingCode::JsonConditionBroken,
            &spot,
            unmet.note,
            if unmet.is_true { said::not_true() } else { said::nothing() },
        );
    }
    for unread in conditions.unread {
        let spot = json.spot(&pointer_to(&unread.pointer, &unread.member));
        findings.add(FindingCode::JsonConditionNotJudged, &spot, unread.note, said::nothing());
    }
}
