//! The structured form is valid against the schema of its content specification.

use crate::rule::message::document::content_specification_differs::is_content_specification_fitting;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::schema::SchemaOutcome;
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "json-schema",
    requirement: "STO-12",
    sentence: "The structured form is valid against the schema of its content specification.",
    codes: &[FindingCode::JsonInvalid, FindingCode::JsonSchemaNotLoaded],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let json = match &subject.json {
        None => return,
        Some(Ok(json)) if json.value.is_object() => json,
        Some(Ok(json)) => {
            let actual = said::value_is_not_of_type("\"object\"");
            return findings.add(FindingCode::JsonInvalid, &json.spot(""), said::an_object(), actual);
        }
        Some(Err(error)) => {
            return findings.add(FindingCode::JsonInvalid, &error.spot, said::a_json_text(), error.said());
        }
    };
    let specification = subject.header().and_then(|header| header.content_specification.as_ref());
    let Some(specification) = specification.filter(|_| is_content_specification_fitting(subject)) else { return };
    match subject.context.schemas.judge(specification, &json.value) {
        SchemaOutcome::Valid => {}
        SchemaOutcome::NotLoaded => {
            let expected = said::the_schema_among_the_loaded_ones(&specification.value);
            findings.add(FindingCode::JsonSchemaNotLoaded, &specification.spot, expected, said::not_loaded());
        }
        SchemaOutcome::Invalid(violations) => {
            for violation in violations {
                let expected = format!("{}, {}", specification.value, violation.schema_path);
                findings.add(
                    FindingCode::JsonInvalid,
                    &json.spot(&violation.pointer),
                    Said::value(expected),
                    violation.message,
                );
            }
        }
    }
}
