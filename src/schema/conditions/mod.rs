//! Conditional requirements: which members a structured form needs because of others. JSON Schema does not
//! say them; THL's schemas carry them in `sosmeta` annotations, as a flag and a note in Finnish. What a
//! note says is read here as far as it follows one of a few turns of phrase; the rest is told as unread.

mod condition;
mod note;
mod tree;

pub(super) use condition::Condition;
pub(super) use tree::Node;

/// A condition that a structured form does not keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// JSON pointer of the object that lacks a member.
    pub pointer: String,
    /// The member that is needed, or the first of those of which one is.
    pub member: String,
    /// Whether the member has to be true.
    pub is_true: bool,
    /// The note of the schema.
    pub note: String,
}

/// A note about an object of the structured form that could not be read, or not to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// JSON pointer of the object.
    pub pointer: String,
    /// The member that the note is about.
    pub member: String,
    /// The note.
    pub note: String,
}

/// What the conditions of a schema say about one structured form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conditions {
    /// Those that are not kept, each once, at most [`super::SchemaOutcome::MOST`].
    pub unmet: Vec<Unmet>,
    /// Those that nobody could judge, as many at most.
    pub unread: Vec<Unread>,
}
