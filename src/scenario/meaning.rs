//! A scenario means something only where a system that does nothing cannot pass it: what it expects to be absent or refused
//! rests on a message that it expects to be there.

use super::Action;
use super::checker::ScenarioChecker;
use super::text::StepText;
use crate::domain::{ActionOutcome, Operation};
use crate::rule::expectation::{Expectation, Sent};
use crate::source::Span;

/// A step with what must be seen of it.
pub(super) struct SeenStep<'a> {
    pub row: &'a StepText,
    pub action: Action,
    /// Outcomes that are right.
    pub outcomes: Vec<ActionOutcome>,
    pub sent: Option<Sent>,
}

/// What a scenario asks and expects, with the place of each expectation.
pub(super) struct Meaning<'a> {
    pub steps: Vec<SeenStep<'a>>,
    pub expectations: Vec<(Span, &'a Expectation)>,
}

impl SeenStep<'_> {
    /// What its messages ask of Kanta, where some have to come however it ends.
    fn proves(&self) -> &'static [Operation] {
        self.sent.as_ref().filter(|sent| !sent.may_be_unsent).map_or(&[], |sent| sent.operations)
    }

    fn is_to_succeed(&self) -> bool {
        self.outcomes == [ActionOutcome::Succeeded]
    }
}

impl Meaning<'_> {
    /// Tells what could hold though nothing was sent.
    pub fn check(&self, id: Span, checker: &mut ScenarioChecker<'_>) {
        let is_asked = self.steps.iter().any(|step| !step.proves().is_empty());
        if !is_asked && !self.expectations.iter().any(|(_, one)| one.needs_message()) {
            let title = "nothing here has to reach Kanta: a system that does nothing could pass";
            checker.mistake(id, title, "add a step that sends something, or an expectation that wants a message");
        }
        for step in &self.steps {
            self.check_step(step, checker);
        }
        for (span, expectation) in &self.expectations {
            if expectation.rests_on().is_some_and(|operation| !self.is_proved(operation, expectation.step())) {
                let title = "what is to be absent here could be absent for want of any message";
                checker.mistake(span.clone(), title, "expect a message of its kind too, in this step or another");
            }
        }
    }

    /// A step that may end without a message needs one that shows what the system does else.
    fn check_step(&self, step: &SeenStep<'_>, checker: &mut ScenarioChecker<'_>) {
        let span = step.row.name.span();
        let is_other_way = match &step.sent {
            None if step.row.unsent => {
                return checker.mistake(span, "this action sends nothing of its own", "remove `unsent`");
            }
            Some(sent) if sent.may_be_unsent => self.has_proof(sent.operations),
            Some(_) => true,
            None => step.outcomes.contains(&ActionOutcome::Succeeded) || self.is_logged(step),
        };
        if !is_other_way && !self.has_counterpart(step) {
            let title = "a system that never does this could pass";
            checker.mistake(span, title, "add a step with the same action that has to succeed");
        }
    }

    /// Whether an expectation wants a message of one of these.
    fn has_proof(&self, operations: &[Operation]) -> bool {
        self.expectations.iter().any(|(_, one)| one.proves().iter().any(|proved| operations.contains(proved)))
    }

    /// Whether the log has to tell the attempt.
    fn is_logged(&self, step: &SeenStep<'_>) -> bool {
        self.expectations.iter().any(|(_, one)| one.attempt() == Some(step.row.name.get_ref()))
    }

    fn has_counterpart(&self, step: &SeenStep<'_>) -> bool {
        let is_one = |other: &SeenStep<'_>| {
            other.action == step.action && other.row.name != step.row.name && !other.row.unsent && other.is_to_succeed()
        };
        self.steps.iter().any(is_one)
    }

    /// Whether the absence in `step` of a message that asks `operation` means something.
    fn is_proved(&self, operation: Operation, step: &str) -> bool {
        let of_step = |one: &SeenStep<'_>| one.row.name.get_ref() == step && !one.proves().is_empty();
        let by_step = self.steps.iter().any(|one| of_step(one) || one.proves().contains(&operation));
        by_step || self.has_proof(&[operation])
    }
}
