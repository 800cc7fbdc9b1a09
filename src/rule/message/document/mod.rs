//! Rules about the document in its frame, and about its header.

pub(super) mod attachment;
pub(super) mod content_specification_differs;
pub(super) mod custodian_not_organiser;
pub(super) mod document_group_missing;
pub(super) mod document_group_unfit;
pub(super) mod document_missing;
pub(super) mod document_not_ready;
pub(super) mod frame_document_differs;
mod frame_repeats;
pub(super) mod general_type_differs;
pub(super) mod package;
