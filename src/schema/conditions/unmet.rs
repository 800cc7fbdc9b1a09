//! What is told of conditions that are not kept or could not be read.

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
    pub note: String,
}

/// What the conditions of a schema say about one structured form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SchemaConditions {
    /// Those that are not kept, each once, at most `SchemaOutcome::MOST`.
    pub unmet: Vec<Unmet>,
    /// Those that nobody could judge, as many at most.
    pub unread: Vec<Unread>,
}
