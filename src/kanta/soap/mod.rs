//! The archive's SOAP service: one message in, one answer out.

mod answers;
mod archive_call;
mod change;
mod description;
mod disclosure;
mod fault_answers;
mod pages;
mod query;
mod query_refusal;
mod row;
mod service;
mod soap_fault;
mod summary;

pub(super) use row::row_of;
pub(super) use service::{ArchiveService, DescriptionService};
