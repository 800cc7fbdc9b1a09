//! The scenario language: reading, checking before a run, planning. Nothing runs here.

mod action;
mod area;
mod check;
mod check_expect;
mod check_step;
mod declared;
mod library;
mod model;
mod person;
mod plan;
mod text;

pub use action::Action;
pub use area::AREAS;
pub use check::{CheckContext, check};
pub use declared::{GivenDeclaration, Intent, PermitKind, Prohibited};
pub use library::{built_in_files, built_in_tables};
pub use model::{
    Controller, Disclosed, DisclosureEvent, DocumentKind, FaultRequest, Form, GivenDocument, GivenPerson, Recipient,
    Scenario, Step, Tampering, WaitingForm, WrongCode,
};
pub use plan::{Controllers, Plan, PlannedDeclaration, PlannedDocument, PlannedForm, plan_all};
