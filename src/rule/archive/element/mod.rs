//! Rules about the elements of messages and documents, all by the rows of the profile: how often they stand,
//! from which code system they are, which codes are known, what their values are.

mod code_system;
mod known_codes;
mod occurrence;
mod outlined;
mod value_kind;

pub(super) use code_system::CODE_SYSTEM;
pub(super) use known_codes::KNOWN_CODES;
pub(super) use occurrence::OCCURRENCE;
pub(super) use outlined::Outlined;
pub(super) use value_kind::VALUE_KIND;
