//! Rules about the elements of messages and documents, all by the rows of the profile: how often they stand,
//! from which code system they are, which codes are known, what their values are.

pub(super) mod code_system_wrong;
pub(super) mod code_unverified;
pub(super) mod element_missing_or_surplus;
pub(super) mod element_order;
pub(super) mod element_type_wrong;
mod unlisted_code;
pub(super) mod value_not_allowed;
