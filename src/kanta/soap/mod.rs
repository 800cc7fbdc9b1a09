//! The archive's SOAP service: one message in, one answer out.

mod answers;
mod change;
mod description;
mod disclosure;
mod facts;
mod handle;
mod known;
mod pages;
mod played;
mod query;
mod query_refusal;
mod summary;
mod work;

pub(super) use description::describe;
pub(super) use facts::facts;
pub(super) use handle::{handle, trouble};
pub(super) use played::{PLANNED, UNKNOWN_CODE, of_any_service, unended};
