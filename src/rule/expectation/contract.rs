//! The one contract of all expectations.

use std::fmt;
use std::sync::Arc;

use super::{MemberDescription, MemberReader, ScenarioEvidence};
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

    /// Judges it by the evidence of the scenario.
    pub fn judge(&self, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        self.expected.judge(&self.step, evidence, out);
    }
}
