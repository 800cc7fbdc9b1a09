//! The FHIR root: it takes Bundles of disclosure notices, hands on those of declarations, and takes nothing
//! else.

mod answers;
mod handle;
mod known;
mod played;
mod work;

pub(super) use answers::{issue, issues, json_answer, outcome};
pub(super) use handle::{handle, trouble};
