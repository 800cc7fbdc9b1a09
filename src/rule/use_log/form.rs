//! What is wrong with the form of a log or of one of its elements, before anything that it tells is judged.

use crate::reading::LogFault;
use crate::rule::Subject;
use crate::wire::use_log::AuditFault;
use crate::words::Said;

/// Rules about the form of a log and of its elements.
pub(in crate::rule) enum ElementForm {}

impl Subject for ElementForm {
    type Of<'a> = FormCase<'a>;
}

/// What reading a log, or one element of it, came upon.
#[derive(Debug, Clone, Default)]
pub(in crate::rule) struct FormCase<'a> {
    /// What is expected of the file at this place, and what came.
    pub damage: Option<(Said, Said)>,
    /// What is wrong with an AuditEvent, which stands below this pointer of the element.
    pub event: (&'static str, &'a [AuditFault]),
    /// Members of other types than the canonical form has.
    pub faults: &'a [LogFault],
}
