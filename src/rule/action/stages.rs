//! The rules about actions, in the order in which their findings stand.

use super::asked::{ActionContext, ActionSubject, Asked};
use super::{
    asked_attachment_not_sent, asked_client_not_sent, asked_disclosure_not_sent, asked_form_not_sent,
    asked_parent_not_sent, asked_text_not_sent, asked_type_not_sent, correction_changes_more, made_at_other_time,
};
use crate::rule::expectation::{ExchangeReading, ScenarioEvidence};
use crate::rule::{Finding, Findings, RuleEntry, Stage, entries, run_stages};

const STAGES: &[Stage<ActionSubject>] = &[Stage {
    rules: &[
        asked_text_not_sent::RULE,
        asked_type_not_sent::RULE,
        asked_parent_not_sent::RULE,
        asked_client_not_sent::RULE,
        asked_attachment_not_sent::RULE,
        correction_changes_more::RULE,
        made_at_other_time::RULE,
        asked_disclosure_not_sent::RULE,
        asked_form_not_sent::RULE,
    ],
    applies: |_, _| true,
}];

/// What of the messages of a scenario is not what was asked, each with the name of the step that asked for it.
pub fn judge(evidence: &ScenarioEvidence<'_>, context: ActionContext<'_>) -> Vec<Finding> {
    Asked::of_scenario(evidence).iter().flat_map(|asked| judge_one(asked, context)).collect()
}

fn judge_one(asked: &Asked<'_>, context: ActionContext<'_>) -> Vec<Finding> {
    let texts = match asked.reading {
        ExchangeReading::Archive(reading) => reading.texts(),
        _ => std::collections::BTreeMap::new(),
    };
    let findings = Findings::new(context.catalogue, context.strictness);
    let mut findings = findings.about(Some(asked.exchange.number), texts);
    run_stages(STAGES, asked, &mut findings);
    findings.name_step(&asked.action.step);
    findings.into_list()
}

/// The rules about actions.
pub fn rules() -> impl Iterator<Item = RuleEntry> {
    entries(STAGES)
}
