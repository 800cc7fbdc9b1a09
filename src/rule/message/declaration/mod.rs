//! Rules about documents that are declarations of intent.

pub(super) mod declaration_author_missing;
pub(super) mod declaration_representative_wrong;
pub(super) mod declaration_unclear;
pub(super) mod permit_before_information;
