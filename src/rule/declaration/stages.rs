//! The rules about declarations, in the order in which their findings stand.

use super::subject::{DeclarationCase, DeclarationSubject};
use super::{direction_twice, maker_wrong, malformed, permit_before_information, service_unit_missing};
use crate::reading::DeclarationReading;
use crate::rule::notice::{NoticeContext, judge_any_request};
use crate::rule::{Finding, RuleEntry, Stage, entries, run_stages};

const STAGES: &[Stage<DeclarationSubject>] = &[Stage {
    rules: &[
        malformed::RULE,
        maker_wrong::RULE,
        service_unit_missing::RULE,
        direction_twice::RULE,
        permit_before_information::RULE,
    ],
    applies: |_, _| true,
}];

/// What is wrong with a request: its headers and token, then its declarations.
pub fn judge(reading: &DeclarationReading, context: &NoticeContext<'_>) -> Vec<Finding> {
    let mut findings = judge_any_request(&reading.request, context);
    run_stages(STAGES, &DeclarationCase { reading, context }, &mut findings);
    findings.into_list()
}

/// The rules about declarations.
pub(in crate::rule) fn rules() -> impl Iterator<Item = RuleEntry> {
    entries(STAGES)
}
