//! Rules: one rule, one file, one sentence. A rule reads evidence and profile and gives findings; it
//! sees nothing else, so that it can be run again on an old recording.

pub mod action;
mod catalogue;
mod contract;
pub mod declaration;
pub mod expectation;
pub mod facts;
mod finding;
mod list;
pub mod message;
pub mod notice;
mod strictness;
pub mod use_log;

pub use catalogue::{Catalogue, Requirement};
pub(crate) use catalogue::{FindingKind, Ground, RequirementSource, ValidationStage};
pub(crate) use contract::{Rule, RuleEntry, Stage, run_stages};
pub use contract::{Subject, entries};
pub use finding::{Finding, Findings};
pub(crate) use finding::{Fragment, PartTexts, Place, Weight};
pub use list::{RuleRoom, rooms};
pub use strictness::Strictness;

pub use crate::domain::FindingCode;
