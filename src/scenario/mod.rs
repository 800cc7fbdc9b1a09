//! The scenario language: reading, checking before a run, planning. Nothing runs here.

mod action;
mod check;
mod check_step;
mod checker;
mod declared;
mod library;
mod meaning;
mod model;
mod person;
mod plan;
mod sending;
mod system_kinds;
mod text;

pub use action::Action;
pub use check::check;
pub use checker::CheckContext;
pub use declared::{GivenDeclaration, Intent};
pub use library::{built_in_files, built_in_tables};
pub use model::{
    DisclosedItem, DisclosureEvent, DocumentForm, DocumentKind, FaultRequest, GivenDocument, GivenPerson, Recipient,
    Scenario, Step, Tampering, WaitingForm, WrongCode,
};
pub use plan::{Controllers, Plan, PlannedDeclaration, PlannedDocument, PlannedForm, plan_all};
pub use system_kinds::SystemKinds;
