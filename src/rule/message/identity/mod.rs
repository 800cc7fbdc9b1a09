//! Rules about identity codes and the persons whom they name.

pub(super) mod client_data_differs;
pub(super) mod client_id_wrong;
mod client_ids;
pub(super) mod identity_code_foreign;
pub(super) mod identity_code_wrong;
pub(super) mod temporary_id_not_allowed;
