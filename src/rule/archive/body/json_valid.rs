//! The structured form is valid against the schema of its content specification.

use crate::rule::Findings;
use crate::rule::archive::document::is_content_specification_fitting;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::Subject;
use crate::schema::SchemaOutcome;

pub const JSON_VALID: Rule = Rule {
    sentence: "The structured form is valid against the schema of its content specification.",
    codes: &["json-invalid", "json-schema-not-loaded"],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let json = match &subject.json {
        None => return,
        Some(Ok(json)) => json,
        Some(Err(error)) => return findings.add("json-invalid", &error.spot, "a JSON text", error.to_string()),
    };
    let specification = subject.header().and_then(|header| header.content_specification.as_ref());
    let Some(specification) = specification.filter(|_| is_content_specification_fitting(subject)) else { return };
    match subject.context.schemas.judge(specification, &json.value) {
        SchemaOutcome::Valid => {}
        SchemaOutcome::NotLoaded => {
            let expected = format!("the schema {} among the loaded ones", specification.value);
            findings.add("json-schema-not-loaded", &specification.spot, expected, "not loaded");
        }
        SchemaOutcome::Invalid(violations) => {
            for violation in violations {
                let expected = format!("{}, {}", specification.value, violation.schema_path);
                findings.add("json-invalid", &json.spot(&violation.pointer), expected, violation.message);
            }
        }
    }
}
