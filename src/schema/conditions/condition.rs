//! One condition, and whether an object keeps it.

use serde_json::{Map, Value};

/// When a member must be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::schema) enum Condition {
    /// One of these at least must be there, and be true where `is_true` says so.
    OneOf { members: Vec<String>, is_true: bool },
    /// `needed` must be there where one of `others` has this answer.
    Answered { needed: String, others: Vec<String>, answer: bool },
    /// `needed` must be there where `other` is not.
    Absent { needed: String, other: String },
    /// `needed` must be there where the code of `other` is one of these.
    Coded { needed: String, other: String, codes: Vec<String> },
}

impl Condition {
    /// The member that `object` lacks, or the first of those of which it lacks one.
    pub(super) fn missing(&self, object: &Map<String, Value>) -> Option<&str> {
        let has = |member: &String| object.get(member).is_some_and(is_filled);
        let is = |member: &String, answer: bool| object.get(member).and_then(Value::as_bool) == Some(answer);
        let (needed, is_needed) = match self {
            Self::OneOf { members, is_true } => {
                let holds = |member| if *is_true { is(member, true) } else { has(member) };
                return if members.iter().any(holds) { None } else { members.first().map(String::as_str) };
            }
            Self::Answered { needed, others, answer } => (needed, others.iter().any(|other| is(other, *answer))),
            Self::Absent { needed, other } => (needed, !has(other)),
            Self::Coded { needed, other, codes } => {
                let code = object.get(other).and_then(|other| other.get("code")?.as_str());
                (needed, code.is_some_and(|code| codes.iter().any(|listed| listed == code)))
            }
        };
        (is_needed && !has(needed)).then_some(needed)
    }

    /// Whether the member has to be true and not only there.
    pub(super) fn is_true(&self) -> bool {
        matches!(self, Self::OneOf { is_true: true, .. })
    }
}

/// Whether a value says anything.
fn is_filled(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(members) => !members.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}
