//! The FHIR root: it takes Bundles of disclosure notices, hands on those of declarations, and takes nothing
//! else.

mod answers;
mod fault_answers;
mod notice_call;
mod request;
mod service;

pub(super) use answers::{issue, json_answer, outcome};
pub(super) use request::{context, grounds, is_repeated, refusal, request_of, withheld, without_repetition};
pub(super) use service::FhirService;
