//! What an action tells is what Kanta said and what went over the wire: one file a kind of answer.

mod comparison;
mod declarations;
mod documents;
mod errors;
mod forms;
mod made;
mod notices;
mod summary;
mod truly;

pub(crate) use truly::ToldTruly;
