//! Rules about what a document refers to and what it replaces.

pub(super) mod correction_not_of_newest;
pub(super) mod document_id_reused;
pub(super) mod reference;
pub(super) mod replacement_link_missing;
pub(super) mod set_id_changed;
pub(super) mod version_not_raised;
