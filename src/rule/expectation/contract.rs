//! The one contract of all expectations.

use std::fmt;
use std::sync::Arc;

use super::{MemberDescription, MemberReader, ScenarioEvidence};
use crate::domain::Operation;
use crate::rule::{FindingCode, Findings};

/// A kind of expectation: what `see` of a scenario's `[[expect]]` may name.
#[derive(Debug)]
pub struct ExpectationKind {
    /// The word after `see`, which is the name of its file in kebab case.
    pub name: &'static str,
    /// When it holds, in one sentence.
    pub sentence: &'static str,
    /// Its members beside `step` and `see`.
    pub members: &'static [MemberDescription],
    /// The findings that it may give beside one that its member `finding` names.
    pub codes: &'static [FindingCode],
    /// Reads its members, whose types are right; `None` when it noted a mistake.
    pub read: fn(&mut MemberReader<'_>) -> Option<Box<dyn Expected>>,
}

/// What is expected, after it was read. It sees the evidence of one scenario and nothing else.
pub trait Expected: fmt::Debug + Send + Sync {
    /// The codes of the findings that it may give.
    fn codes(&self) -> Vec<FindingCode>;

    /// What the messages without which it cannot hold ask of Kanta, each of one of these; empty where it may hold without
    /// any.
    fn proves(&self) -> Vec<Operation> {
        Vec::new()
    }

    /// Whether it cannot hold without a message.
    fn needs_message(&self) -> bool {
        !self.proves().is_empty()
    }

    /// The step whose attempt the log has to tell.
    fn attempt(&self) -> Option<&str> {
        None
    }

    /// What the messages ask of Kanta that it expects to be absent, or answered with nothing. It means something only where
    /// others are expected to be there.
    fn rests_on(&self) -> Option<Operation> {
        None
    }

    /// Judges the step `step` of the scenario, whose action was answered.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>);
}

/// What a scenario expects of one of its steps.
#[derive(Debug, Clone)]
pub struct Expectation {
    step: String,
    expected: Arc<dyn Expected>,
}

impl Expectation {
    /// `expected` of the step with this name.
    pub fn new(step: impl Into<String>, expected: Box<dyn Expected>) -> Self {
        Self { step: step.into(), expected: expected.into() }
    }

    /// The name of the step that it is about.
    pub fn step(&self) -> &str {
        &self.step
    }

    /// The codes of the findings that it may give.
    pub fn codes(&self) -> Vec<FindingCode> {
        self.expected.codes()
    }

    /// What the messages without which it cannot hold ask of Kanta.
    pub fn proves(&self) -> Vec<Operation> {
        self.expected.proves()
    }

    /// Whether it cannot hold without a message.
    pub fn needs_message(&self) -> bool {
        self.expected.needs_message()
    }

    /// The step whose attempt the log has to tell.
    pub fn attempt(&self) -> Option<&str> {
        self.expected.attempt()
    }

    /// What the messages ask of Kanta whose absence it expects.
    pub fn rests_on(&self) -> Option<Operation> {
        self.expected.rests_on()
    }

    /// Judges it by the evidence of the scenario.
    pub fn judge(&self, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        self.expected.judge(&self.step, evidence, out);
    }
}
