//! The archive's SOAP service: one message in, one answer out.

mod answers;
mod change;
mod description;
mod disclosure;
mod handle;
mod pages;
mod played;
mod query;
mod query_refusal;
mod row;
mod summary;
mod work;

pub(super) use description::describe;
pub(super) use handle::{handle, trouble};
pub(super) use played::{PLANNED, UNKNOWN_CODE, of_any_service, unended};
pub(super) use row::row_of;
