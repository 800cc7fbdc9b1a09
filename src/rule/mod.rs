//! Rules: one rule, one file, one sentence. A rule reads evidence and profile and gives findings; it
//! sees nothing else, so that it can be run again on an old recording.

pub mod archive;
mod catalogue;
pub mod declaration;
pub mod expectation;
mod finding;
pub mod notice;
pub mod use_log;

pub use catalogue::{Catalogue, FindingKind, Requirement, RequirementSource, Stage, Strictness, Trilingual};
pub use finding::{Finding, Findings, Place, Texts};
