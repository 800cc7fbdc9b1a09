//! The archivist's service (arkistonhoitaja, arkivarie): searches, shows, compares and, as the last
//! resort, nullifies documents of the registers that a controller answers for. Every act is logged, and
//! declarations of intent are not shown.

mod acting_archivist;
mod compare;
mod nullify;
mod own_act;
mod refusal;
mod searching;
mod service;
mod showing;

pub(super) use own_act::nullify_as_archivist;
pub(super) use service::ArchivistService;
