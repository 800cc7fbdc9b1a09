//! Messages read with the profile: what a message carries, what a query asks, what its elements are by the table of
//! the profile. A reading judges nothing; what is wrong with a message, rules say.

mod archive;
mod continuation;
mod digest;
mod locate;
mod moment;
mod outlined;
mod query;
mod query_mistake;

pub use archive::{ArchiveReading, read, read_pair};
pub use continuation::{AskedContinuation, WantedResults, read_continuation};
pub use digest::digest;
pub use locate::locate;
pub use moment::{first_second, last_second};
pub use outlined::Outlined;
pub use query::{AskedQuery, read_query};
pub use query_mistake::{QueryMistake, QueryMistakeKind};
