//! What a message makes happen: facts for the state, from the reading and from what Kanta did with it. The endpoint
//! and the judge both take theirs from here.

mod declaration;
mod document;
mod handling;
mod message;
mod notice;

pub(crate) use declaration::of_declarations;
pub(crate) use document::document_version;
pub use handling::Handling;
pub(crate) use message::of_message;
pub use notice::of_notice;
