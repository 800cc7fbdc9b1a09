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
pub(crate) use declared::{GivenDeclaration, Intent};
pub use library::{built_in_files, built_in_tables};
pub(crate) use model::{DisclosedItem, DisclosureEvent, GivenDocument, Tampering, WrongCode};
pub use model::{DocumentKind, Recipient, Scenario, Step, WaitingForm};
pub use plan::{Controllers, Plan, plan_all};
pub(crate) use plan::{PlannedDeclaration, PlannedDocument, PlannedForm};
pub(crate) use system_kinds::SystemKinds;
