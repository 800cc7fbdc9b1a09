//! One result of a rule, and the collector that rules write to.

use std::collections::BTreeMap;

use serde::Serialize;

use super::catalogue::Catalogue;
use super::{FindingCode, Strictness};
use crate::domain::{Blame, Evidence, RequirementKind, Severity, mask_identity_codes};
use crate::source::Position;
use crate::wire::json::{offset_of, offsets_of};
use crate::wire::{Location, Part};
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
    /// What was broken: conduct, form, or that it can be judged at all.
    pub kind: RequirementKind,
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
pub type PartTexts<'a> = BTreeMap<Part, &'a str>;

/// A piece of a longer text: places in it are told as places in the whole.
#[derive(Debug, Clone, Copy)]
pub struct Fragment<'t> {
    pub text: &'t str,
    /// Where it starts in the whole.
    pub start: Position,
    /// JSON pointer of the piece from the whole; empty where each piece is a text of its own.
    pub pointer: &'t str,
}

/// How findings of some codes count where a profile says it in place of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// They are not told.
    Untold,
    /// They have this severity.
    Fixed(Severity),
}

/// Collects the findings about one exchange or one scenario: counts them, keeps the first of each code, and
/// finds their places in the texts.
#[derive(Debug)]
pub struct Findings<'a> {
    catalogue: &'a Catalogue,
    strictness: Strictness,
    texts: PartTexts<'a>,
    exchange: Option<u64>,
    weights: BTreeMap<FindingCode, Weight>,
    list: Vec<Finding>,
    counts: BTreeMap<FindingCode, u64>,
    /// Numbers in `list` of those that are known by JSON pointer only, with the pointers.
    unlocated: Vec<(usize, Part, String)>,
}

impl<'a> Findings<'a> {
    /// An empty collector.
    pub fn new(catalogue: &'a Catalogue, strictness: Strictness) -> Self {
        Self {
            catalogue,
            strictness,
            texts: PartTexts::new(),
            exchange: None,
            weights: BTreeMap::new(),
            list: Vec::new(),
            counts: BTreeMap::new(),
            unlocated: Vec::new(),
        }
    }

    /// The same, about exchange `number` with these texts.
    #[must_use]
    pub fn about(mut self, number: Option<u64>, texts: PartTexts<'a>) -> Self {
        self.exchange = number;
        self.texts = texts;
        self
    }

    /// The same, in which findings of `codes` count so.
    #[must_use]
    pub fn weighing(mut self, codes: &[FindingCode], weight: Weight) -> Self {
        self.weights.extend(codes.iter().map(|code| (*code, weight)));
        self
    }

    /// Adds the finding `code` at `spot`, unless there are 20 of that code already. Severity follows from
    /// the catalogue and the strictness.
    pub fn add(&mut self, code: FindingCode, spot: &Location, expected: Said, actual: Said) {
        self.add_placed(code, None, spot, expected, actual);
    }

    /// [`Findings::add`] by a row of the profile, whose class of evidence counts in place of the requirement's.
    pub fn add_as(&mut self, code: FindingCode, evidence: Evidence, spot: &Location, expected: Said, actual: Said) {
        self.add_placed(code, Some(evidence), spot, expected, actual);
    }

    /// Whether no more findings of this code are kept: no rule need look for them.
    pub fn is_full(&self, code: FindingCode) -> bool {
        self.count(code) >= MOST_OF_A_CODE as u64
    }

    /// How many findings of this code there are in all, those that are not kept counted too.
    pub fn count(&self, code: FindingCode) -> u64 {
        self.counts.get(&code).copied().unwrap_or_default()
    }

    /// How many findings of each code there are in all.
    pub fn counts(&self) -> &BTreeMap<FindingCode, u64> {
        &self.counts
    }

    /// Whether there is a finding of one of these codes.
    pub fn has_any(&self, codes: &[FindingCode]) -> bool {
        codes.iter().any(|code| self.counts.contains_key(code))
    }

    /// Takes over what was found about a piece of the text: the places, which are from the piece, become places
    /// of the whole.
    pub fn take_over(&mut self, found: Findings<'_>, fragment: Fragment<'_>) {
        let mut kept = found.counts.clone();
        for finding in found.list {
            let count = self.counts.entry(finding.code).or_default();
            *count += 1;
            kept.entry(finding.code).and_modify(|count| *count -= 1);
            if *count <= MOST_OF_A_CODE as u64 {
                self.list.push(Finding { place: finding.place.map(|place| fragment.place(place)), ..finding });
            }
        }
        for (code, more) in kept {
            *self.counts.entry(code).or_default() += more;
        }
    }

    /// Adds the finding `code` about a step as a whole, with no place in a message.
    pub fn add_for_step(&mut self, code: FindingCode, step: &str, expected: Said, actual: Said) {
        self.push(code, None, None, Some(step.to_owned()), expected, actual);
    }

    /// Makes the findings added last name the step too.
    pub fn name_step(&mut self, step: &str) {
        for finding in &mut self.list {
            finding.step.get_or_insert_with(|| step.to_owned());
        }
    }

    /// What was found.
    pub fn into_list(mut self) -> Vec<Finding> {
        self.locate();
        self.list
    }

    /// What was found so far.
    pub fn list(&self) -> &[Finding] {
        &self.list
    }

    fn add_placed(
        &mut self,
        code: FindingCode,
        evidence: Option<Evidence>,
        spot: &Location,
        expected: Said,
        actual: Said,
    ) {
        if self.weights.get(&code) == Some(&Weight::Untold) {
            return;
        }
        if self.is_full(code) {
            *self.counts.entry(code).or_default() += 1;
            return;
        }
        if spot.offset.is_none() && spot.part.is_json() && self.texts.contains_key(&spot.part) {
            self.unlocated.push((self.list.len(), spot.part, spot.path.to_string()));
        }
        self.push(code, evidence, Some(self.place(spot)), None, expected, actual);
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
        let weight = self.weights.get(&code).copied();
        *self.counts.entry(code).or_default() += 1;
        let kind = self.catalogue.finding(code);
        let requirement = self.catalogue.requirement(&kind.requirement);
        let evidence = evidence.unwrap_or(requirement.evidence);
        self.list.push(Finding {
            code,
            requirement: requirement.id.clone(),
            evidence,
            kind: kind.kind(requirement),
            severity: match weight {
                Some(Weight::Fixed(severity)) => severity,
                _ => kind.severity(requirement, evidence, self.strictness),
            },
            blame: kind.blame,
            exchange: self.exchange,
            step,
            place,
            expected: expected.map_values(&shown),
            actual: actual.map_values(&shown),
        });
    }

    fn place(&self, spot: &Location) -> Place {
        let position = match (self.texts.get(&spot.part), spot.offset) {
            (Some(text), Some(offset)) => Some(Position::of(text, offset)),
            _ => None,
        };
        Place { part: spot.part, path: mask_identity_codes(&spot.path), position }
    }

    /// Fills in the positions of what is known by its JSON pointer: one pass over each text.
    fn locate(&mut self) {
        for (part, text) in &self.texts {
            let open: Vec<_> = self.unlocated.iter().filter(|(.., own, _)| own == part).collect();
            if open.is_empty() {
                continue;
            }
            let offsets = offsets_of(text, open.iter().map(|(.., pointer)| pointer.as_str()));
            for (number, _, pointer) in open {
                let offset = offsets.get(pointer.as_str());
                if let Some(place) = self.list.get_mut(*number).and_then(|finding| finding.place.as_mut()) {
                    place.position = offset.map(|offset| Position::of(text, *offset));
                }
            }
        }
    }
}

impl Fragment<'_> {
    fn place(&self, mut place: Place) -> Place {
        let inner = Position::of(self.text, offset_of(self.text, &place.path).unwrap_or_default());
        place.position = Some(self.start.followed_by(inner));
        place.path.insert_str(0, self.pointer);
        place
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

#[cfg(test)]
mod tests {
    use super::{
        Catalogue, FindingCode, Findings, Fragment, Location, Part, PartTexts, Position, Severity, Strictness, Weight,
    };
    use crate::source::SourceFile;
    use crate::words::{Said, said};

    const CODE: FindingCode = FindingCode::NoticeElementMissing;

    fn catalogue() -> Catalogue {
        let requirements = SourceFile::new("requirements", include_str!("../../catalogue/requirements.toml"));
        let kinds = SourceFile::new("findings", include_str!("../../catalogue/findings.toml"));
        Catalogue::read(&requirements, &kinds).unwrap_or_else(|mistakes| panic!("{mistakes}"))
    }

    #[test]
    fn of_each_code_the_first_are_kept_and_all_are_counted() {
        let catalogue = catalogue();
        let mut all = Findings::new(&catalogue, Strictness::Fail);
        for number in 0..30_u64 {
            all.add(
                CODE,
                &Location::path(Part::Bundle, format!("/{number}")),
                said::none(),
                Said::value(number.to_string()),
            );
        }
        assert_eq!((all.count(CODE), all.list().len(), all.is_full(CODE)), (30, 20, true));
        let mut more = Findings::new(&catalogue, Strictness::Fail);
        let start = Position { line: 7, column: 3 };
        more.take_over(all, Fragment { text: "", start, pointer: "/entry" });
        assert_eq!((more.count(CODE), more.list().len()), (30, 20));
        let place = more.list()[1].place.as_ref().expect("place");
        assert_eq!((place.path.as_str(), place.position), ("/entry/1", Some(start)));
    }

    #[test]
    fn a_json_pointer_gets_its_line() {
        let catalogue = catalogue();
        let texts = PartTexts::from([(Part::Bundle, "{\n \"a\": [1,\n 2]}")]);
        let mut findings = Findings::new(&catalogue, Strictness::Fail).about(None, texts);
        findings.add(CODE, &Location::path(Part::Bundle, "/a/1"), said::none(), Said::value("2"));
        findings.add(CODE, &Location::path(Part::Http, "/a/1"), said::none(), Said::value("2"));
        let list = findings.into_list();
        let positions = list.iter().map(|finding| finding.place.as_ref().and_then(|place| place.position));
        assert!(positions.eq([Some(Position { line: 3, column: 2 }), None]));
    }

    #[test]
    fn a_profile_may_weigh_codes_otherwise() {
        let catalogue = catalogue();
        for (weight, expected) in [(Weight::Untold, None), (Weight::Fixed(Severity::Note), Some(Severity::Note))] {
            let mut findings = Findings::new(&catalogue, Strictness::Fail).weighing(&[CODE], weight);
            findings.add(CODE, &Location::path(Part::Bundle, ""), said::none(), Said::value("2"));
            assert_eq!(findings.into_list().first().map(|finding| finding.severity), expected);
        }
    }
}
