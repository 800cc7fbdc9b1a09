//! Every rule about declarations, in the order in which their findings stand.

use super::case::{Case, Rule};
use super::{DeclarationReading, direction, information, maker, shape, unit};
use crate::rule::Finding;
use crate::rule::notice::{self, Notes, NoticeContext};

const RULES: [Rule; 5] = [shape::check, maker::check, unit::check, direction::check, information::check];

/// What is wrong with a request: its headers and token, then its declarations.
pub fn judge(reading: &DeclarationReading, context: &NoticeContext<'_>) -> Vec<Finding> {
    let case = Case { reading, context };
    let mut notes = Notes::default();
    for rule in RULES {
        rule(&case, &mut notes);
    }
    let mut findings = notice::judge_request(&reading.request, context);
    findings.extend(notes.into_findings(&reading.request, context));
    findings
}
