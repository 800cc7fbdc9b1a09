//! The structured form has the members that the annotations of its schema make needed because of others.

use crate::rule::Findings;
use crate::rule::archive::document::is_content_specification_fitting;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::Subject;
use crate::wire::json::pointer_to;

pub const JSON_CONDITIONS: Rule = Rule {
    sentence: "The structured form has the members that the annotations of its schema make needed because of others.",
    codes: &["json-condition-broken", "json-condition-not-judged"],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(json) = subject.json() else { return };
    let specification = subject.header().and_then(|header| header.content_specification.as_ref());
    let Some(specification) = specification.filter(|_| is_content_specification_fitting(subject)) else { return };
    let conditions = subject.context.schemas.conditions(specification, &json.value);
    for unmet in conditions.unmet {
        let spot = json.spot(&pointer_to(&unmet.pointer, &unmet.member));
        findings.add("json-condition-broken", &spot, unmet.note, if unmet.is_true { "not true" } else { "nothing" });
    }
    for unread in conditions.unread {
        let spot = json.spot(&pointer_to(&unread.pointer, &unread.member));
        findings.add("json-condition-not-judged", &spot, unread.note, "nothing");
    }
}
