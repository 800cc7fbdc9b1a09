//! What the library of JSON Schema says is wrong, to be told in any language.

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind};

use crate::words::{Said, said};

/// What is wrong, with the value itself left out: it may be about a person. A wording that is not known stays English.
pub(super) fn message(error: &ValidationError<'_>) -> Said {
    match error.kind() {
        ValidationErrorKind::Format { format } => said::value_is_not_a(quoted(format)),
        ValidationErrorKind::Pattern { pattern } => said::value_does_not_match(quoted(pattern)),
        ValidationErrorKind::Type { kind } => of_type(kind),
        ValidationErrorKind::Enum { .. } => of_enumeration(error),
        ValidationErrorKind::Constant { expected_value } => said::was_expected(expected_value.to_string()),
        ValidationErrorKind::Required { property } => said::is_a_required_property(property.to_string()),
        ValidationErrorKind::AnyOf { .. } => said::value_is_not_valid_under_any_of("'anyOf'"),
        ValidationErrorKind::OneOfNotValid { .. } => said::value_is_not_valid_under_any_of("'oneOf'"),
        ValidationErrorKind::OneOfMultipleValid { .. } => said::value_is_valid_under_more_than_one("'oneOf'"),
        ValidationErrorKind::Not { schema } => said::is_not_allowed_for_value(schema.to_string()),
        ValidationErrorKind::FalseSchema => said::false_schema_does_not_allow_value(),
        ValidationErrorKind::Contains => said::none_of_value_are_valid_under_the(),
        ValidationErrorKind::UniqueItems => said::value_has_non_unique_elements(),
        _ => of_bounds(error),
    }
}

fn of_type(kind: &TypeKind) -> Said {
    match kind {
        TypeKind::Single(kind) => said::value_is_not_of_type(quoted(kind)),
        TypeKind::Multiple(kinds) => {
            said::value_is_not_of_types(Said::List(kinds.iter().map(|kind| Said::value(quoted(kind))).collect()))
        }
    }
}

/// The library lists three of many values.
fn of_enumeration(error: &ValidationError<'_>) -> Said {
    let text = error.masked().to_string();
    text.strip_prefix("value is not one of ").map_or_else(|| Said::value(&text), said::value_is_not_one_of)
}

fn of_bounds(error: &ValidationError<'_>) -> Said {
    match error.kind() {
        ValidationErrorKind::MaxLength { limit: 1 } => said::value_is_longer_than_character(1_u8),
        ValidationErrorKind::MaxLength { limit } => said::value_is_longer_than_characters(*limit),
        ValidationErrorKind::MinLength { limit: 1 } => said::value_is_shorter_than_character(1_u8),
        ValidationErrorKind::MinLength { limit } => said::value_is_shorter_than_characters(*limit),
        ValidationErrorKind::MaxItems { limit: 1 } => said::value_has_more_than_item(1_u8),
        ValidationErrorKind::MaxItems { limit } => said::value_has_more_than_items(*limit),
        ValidationErrorKind::MinItems { limit: 1 } => said::value_has_less_than_item(1_u8),
        ValidationErrorKind::MinItems { limit } => said::value_has_less_than_items(*limit),
        ValidationErrorKind::MaxProperties { limit: 1 } => said::value_has_more_than_property(1_u8),
        ValidationErrorKind::MaxProperties { limit } => said::value_has_more_than_properties(*limit),
        ValidationErrorKind::MinProperties { limit: 1 } => said::value_has_less_than_property(1_u8),
        ValidationErrorKind::MinProperties { limit } => said::value_has_less_than_properties(*limit),
        ValidationErrorKind::Maximum { limit } => said::value_is_greater_than_the_maximum_of(limit.to_string()),
        ValidationErrorKind::Minimum { limit } => said::value_is_less_than_the_minimum_of(limit.to_string()),
        ValidationErrorKind::ExclusiveMaximum { limit } => said::value_is_greater_than_or_equal_to(limit.to_string()),
        ValidationErrorKind::ExclusiveMinimum { limit } => said::value_is_less_than_or_equal_to(limit.to_string()),
        ValidationErrorKind::MultipleOf { multiple_of } => said::value_is_not_a_multiple_of(multiple_of.to_string()),
        _ => of_surplus(error),
    }
}

fn of_surplus(error: &ValidationError<'_>) -> Said {
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => match unexpected.as_slice() {
            [one] => said::additional_properties_are_not_allowed_was_unexpected(named(one)),
            all => said::additional_properties_are_not_allowed_were_unexpected(listed(all)),
        },
        ValidationErrorKind::UnevaluatedProperties { unexpected } => match unexpected.as_slice() {
            [one] => said::unevaluated_properties_are_not_allowed_was_unexpected(named(one)),
            all => said::unevaluated_properties_are_not_allowed_were_unexpected(listed(all)),
        },
        ValidationErrorKind::UnevaluatedItems { unexpected } => match unexpected.len() {
            1 => said::unevaluated_items_are_not_allowed_item(1_u8),
            count => said::unevaluated_items_are_not_allowed_items(count),
        },
        ValidationErrorKind::AdditionalItems { limit } => {
            match error.instance().as_array().map_or(0, |array| array.len().saturating_sub(*limit)) {
                1 => said::additional_items_are_not_allowed_item(1_u8),
                count => said::additional_items_are_not_allowed_items(count),
            }
        }
        _ => Said::value(error.masked().to_string()),
    }
}

fn quoted(text: impl std::fmt::Display) -> String {
    format!("\"{text}\"")
}

fn named(property: &str) -> String {
    format!("'{property}'")
}

fn listed(properties: &[String]) -> Said {
    Said::List(properties.iter().map(|property| Said::value(named(property))).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::message;
    use crate::words::Language;

    /// A schema and a value that breaks it.
    fn cases() -> Vec<(Value, Value)> {
        vec![
            (json!({"type": "string"}), json!(1)),
            (json!({"type": ["string", "null"]}), json!(1)),
            (json!({"enum": ["a", "b"]}), json!("c")),
            (json!({"enum": ["a", "b", "c", "d", "e"]}), json!("x")),
            (json!({"const": "a"}), json!("b")),
            (json!({"required": ["a"]}), json!({})),
            (json!({"pattern": "^a$"}), json!("b")),
            (json!({"format": "date"}), json!("b")),
            (json!({"maxLength": 1}), json!("ab")),
            (json!({"maxLength": 2}), json!("abc")),
            (json!({"minLength": 1}), json!("")),
            (json!({"minLength": 2}), json!("")),
            (json!({"maxItems": 1}), json!([1, 2])),
            (json!({"maxItems": 2}), json!([1, 2, 3])),
            (json!({"minItems": 1}), json!([])),
            (json!({"minItems": 2}), json!([])),
            (json!({"maxProperties": 1}), json!({"a": 1, "b": 2})),
            (json!({"minProperties": 2}), json!({})),
            (json!({"maximum": 1}), json!(2)),
            (json!({"minimum": 1}), json!(0)),
            (json!({"exclusiveMaximum": 1}), json!(1)),
            (json!({"exclusiveMinimum": 1}), json!(1)),
            (json!({"multipleOf": 2}), json!(3)),
            (json!({"uniqueItems": true}), json!([1, 1])),
            (json!({"contains": {"type": "string"}}), json!([1])),
            (json!({"not": {"type": "string"}}), json!("a")),
            (json!({"anyOf": [{"type": "string"}, {"type": "null"}]}), json!(1)),
            (json!({"oneOf": [{"type": "string"}, {"type": "null"}]}), json!(1)),
            (json!({"oneOf": [{"type": "number"}, {"minimum": 0}]}), json!(1)),
            (json!({"additionalProperties": false}), json!({"a": 1})),
            (json!({"additionalProperties": false}), json!({"a": 1, "b": 2})),
            (json!({"items": [{}], "additionalItems": false}), json!([1, 2])),
            (json!({"items": [{}], "additionalItems": false}), json!([1, 2, 3])),
            (json!({"properties": {"a": false}}), json!({"a": 1})),
        ]
    }

    #[test]
    fn what_the_library_says_is_told_as_it_says_it_and_in_other_languages() {
        for (schema, value) in cases() {
            let options = jsonschema::options().with_draft(jsonschema::Draft::Draft7).should_validate_formats(true);
            let validator = options.build(&schema).expect("schema");
            let error = validator.iter_errors(&value).next().unwrap_or_else(|| panic!("{schema} accepts {value}"));
            let told = message(&error);
            assert_eq!(told.to_string(), error.masked().to_string(), "{schema}");
            assert_ne!(told.in_language(Language::Fi), told.to_string(), "{schema}");
        }
    }
}
