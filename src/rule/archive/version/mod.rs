//! Rules about what a document refers to and what it replaces.

mod document_id;
mod newest;
mod replacement_link;
mod set_id;
mod upward;
mod version_number;

pub(super) use document_id::DOCUMENT_ID;
pub(super) use newest::NEWEST;
pub(super) use replacement_link::REPLACEMENT_LINK;
pub(super) use set_id::SET_ID;
pub(super) use upward::UPWARD;
pub(super) use version_number::VERSION_NUMBER;
