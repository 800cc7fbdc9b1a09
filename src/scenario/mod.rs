//! The scenario language: reading, checking before a run, planning. Nothing runs here.

mod action;
mod area;
mod check;
mod check_expect;
mod check_step;
mod library;
mod model;
mod person;
mod plan;
mod text;

pub use action::Action;
pub use area::AREAS;
pub use check::{CheckContext, check};
pub use library::{built_in_files, built_in_profile, built_in_tables};
pub use model::{
    Disclosed, DisclosureEvent, DocumentKind, FaultRequest, GivenDocument, GivenPerson, Recipient, Scenario, Step,
    WrongCode,
};
pub use plan::{Controllers, Plan, PlannedDocument, plan_all};
