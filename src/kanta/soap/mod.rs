//! The archive's SOAP service: one message in, one answer out.

mod answers;
mod change;
mod description;
mod disclosure;
mod pages;
mod played;
mod query;
mod query_refusal;
mod row;
mod service;
mod soap_fault;
mod summary;
mod work;

pub(super) use row::row_of;
pub(super) use service::{ArchiveService, DescriptionService};
