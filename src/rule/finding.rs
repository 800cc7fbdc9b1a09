//! One result of a rule, and the collector that rules write to.

use std::collections::BTreeMap;

use serde::Serialize;

use super::FindingCode;
use super::catalogue::{Catalogue, Strictness};
use crate::domain::{Blame, Evidence, Severity, mask_identity_codes};
use crate::source::Position;
use crate::wire::{Part, Spot};
use crate::words::Said;

/// Longest expected or actual text of a finding, in characters.
const LONGEST: usize = 300;
/// Most findings of one code with places in one exchange: enough to mend, and bounded for hostile messages.
pub(super) const MOST_OF_A_CODE: usize = 20;

/// One result of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Stable code; `kantakoe explain CODE` tells about it.
    pub code: FindingCode,
    /// The requirement that is broken.
    pub requirement: String,
    /// Class of that requirement.
    pub evidence: Evidence,
    /// What it does to the verdict.
    pub severity: Severity,
    /// Who has to mend it.
    pub blame: Blame,
    /// Number of the exchange, where one is concerned.
    pub exchange: Option<u64>,
    /// Name of the step, where one is concerned.
    pub step: Option<String>,
    /// Where in the message.
    pub place: Option<Place>,
    /// What should have come, masked.
    pub expected: Said,
    /// What came, masked.
    pub actual: Said,
}

/// A place that a person can go to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Part of the exchange.
    pub part: Part,
    /// XPath, JSON pointer or header name, masked.
    pub path: String,
    /// Line and column in the part, where known.
    pub position: Option<Position>,
}

/// The texts of the parts of one exchange, to turn offsets into lines.
pub type Texts<'a> = BTreeMap<Part, &'a str>;

/// Collects the findings about one exchange or one scenario.
#[derive(Debug)]
pub struct Findings<'a> {
    catalogue: &'a Catalogue,
    strictness: Strictness,
    texts: Texts<'a>,
    exchange: Option<u64>,
    list: Vec<Finding>,
}

impl<'a> Findings<'a> {
    /// An empty collector.
    pub fn new(catalogue: &'a Catalogue, strictness: Strictness) -> Self {
        Self { catalogue, strictness, texts: Texts::new(), exchange: None, list: Vec::new() }
    }

    /// The same, about exchange `number` with these texts.
    #[must_use]
    pub fn about(mut self, number: Option<u64>, texts: Texts<'a>) -> Self {
        self.exchange = number;
        self.texts = texts;
        self
    }

    /// Adds the finding `code` at `spot`, unless there are 20 of that code already. Severity follows from
    /// the catalogue and the strictness.
    pub fn add(
        &mut self,
        code: impl Into<FindingCode>,
        spot: &Spot,
        expected: impl Into<Said>,
        actual: impl Into<Said>,
    ) {
        let code = code.into();
        if !self.is_full(code) {
            self.push(code, None, Some(self.place(spot)), None, expected.into(), actual.into());
        }
    }

    /// [`Findings::add`] by a row of the profile, whose class of evidence counts in place of the requirement's.
    pub fn add_as(
        &mut self,
        code: impl Into<FindingCode>,
        evidence: Evidence,
        spot: &Spot,
        expected: impl Into<Said>,
        actual: impl Into<Said>,
    ) {
        let code = code.into();
        if !self.is_full(code) {
            self.push(code, Some(evidence), Some(self.place(spot)), None, expected.into(), actual.into());
        }
    }

    /// Whether no more findings of this code are kept: no rule need look for them.
    pub fn is_full(&self, code: impl Into<FindingCode>) -> bool {
        let code = code.into();
        self.list.iter().filter(|finding| finding.code == code).count() >= MOST_OF_A_CODE
    }

    /// Adds the finding `code` about a step as a whole, with no place in a message.
    pub fn add_for_step(
        &mut self,
        code: impl Into<FindingCode>,
        step: &str,
        expected: impl Into<Said>,
        actual: impl Into<Said>,
    ) {
        self.push(code.into(), None, None, Some(step.to_owned()), expected.into(), actual.into());
    }

    /// Makes the findings added last name the step too.
    pub fn name_step(&mut self, step: &str) {
        for finding in &mut self.list {
            finding.step.get_or_insert_with(|| step.to_owned());
        }
    }

    /// What was found.
    pub fn into_list(self) -> Vec<Finding> {
        self.list
    }

    /// What was found so far.
    pub fn list(&self) -> &[Finding] {
        &self.list
    }

    fn push(
        &mut self,
        code: FindingCode,
        evidence: Option<Evidence>,
        place: Option<Place>,
        step: Option<String>,
        expected: Said,
        actual: Said,
    ) {
        let kind = self.catalogue.finding(code);
        let requirement = self.catalogue.requirement(&kind.requirement);
        let evidence = evidence.unwrap_or(requirement.evidence);
        self.list.push(Finding {
            code,
            requirement: requirement.id.clone(),
            evidence,
            severity: kind.severity(requirement.level, evidence, self.strictness),
            blame: kind.blame,
            exchange: self.exchange,
            step,
            place,
            expected: expected.map_values(&shown),
            actual: actual.map_values(&shown),
        });
    }

    fn place(&self, spot: &Spot) -> Place {
        let position = match (self.texts.get(&spot.part), spot.offset) {
            (Some(text), Some(offset)) => Some(Position::of(text, offset)),
            _ => None,
        };
        Place { part: spot.part, path: mask_identity_codes(&spot.path), position }
    }
}

/// Masked, without control characters, cut to a readable length.
fn shown(text: &str) -> String {
    let masked = mask_identity_codes(text);
    let mut clean: String =
        masked.chars().take(LONGEST).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if masked.chars().nth(LONGEST).is_some() {
        clean.push('…');
    }
    clean
}
