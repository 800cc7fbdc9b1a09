//! Rules about messages to the archive.

mod attachment;
mod body;
mod context;
mod continuation;
mod declaration;
mod document;
mod element;
mod element_order;
mod identity;
mod judge;
mod locate;
mod message;
mod moment;
mod query;
mod reading;
mod signature;
mod subject;
mod told;
mod version;

pub use context::ArchiveContext;
pub use continuation::{AskedContinuation, CONTINUATION_WRONG, WantedResults, read_continuation};
pub use judge::{RULES, Rule, judge};
pub use moment::{first_second, last_second};
pub use query::{AskedQuery, PARAMETER_WRONG, QueryMistake, read_query};
pub use reading::{ArchiveReading, digest, read, read_pair};
