//! Rules about the document in its frame, and about its header.

mod content_specification;
mod frame_agrees;
mod general_type;
mod group_fits;
mod group_stated;
mod organiser;
mod package;
mod ready;
mod repeated;

pub(super) use content_specification::{CONTENT_SPECIFICATION, is_content_specification_fitting};
pub(super) use frame_agrees::{FRAME_AGREES, clients_agree};
pub(super) use general_type::GENERAL_TYPE;
pub(super) use group_fits::GROUP_FITS;
pub(super) use group_stated::GROUP_STATED;
pub(super) use organiser::ORGANISER;
pub(super) use package::PACKAGE;
pub(super) use ready::READY;
