//! Rules about messages to the archive.

mod body;
mod context;
mod declaration;
mod document;
mod element;
mod frame;
mod identity;
mod judged_message;
mod path_words;
mod signature;
mod stages;
mod version;

pub use context::ArchiveContext;
pub(crate) use frame::query_mistakes::query_mistake_code;
pub use stages::{judge, rules};
