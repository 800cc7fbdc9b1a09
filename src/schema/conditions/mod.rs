//! Conditional requirements: which members a structured form needs because of others. JSON Schema does not
//! say them; THL's schemas carry them in `sosmeta` annotations, as a flag and a note in Finnish. What a
//! note says is read here as far as it follows one of a few turns of phrase; the rest is told as unread.

mod condition;
mod note;
mod tree;
mod unmet;

pub(super) use condition::Condition;
pub(super) use tree::FormNode;
pub(crate) use unmet::{SchemaConditions, Unmet, Unread};
