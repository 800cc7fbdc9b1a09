//! What every report tells alike: the kinds of findings by weight, and which requirement was tried.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Evidence, Outcome, Severity};
use crate::rule::{Catalogue, Finding, Requirement};
use crate::run::{Counts, RunResult, ScenarioVerdict};

/// Findings of one code and severity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group<'a> {
    /// The first of them, which stands for all.
    pub example: &'a Finding,
    /// How many there are.
    pub findings: usize,
    /// Scenarios where they were found, in the order of the plan. Empty for findings of the run itself.
    pub scenarios: Vec<&'a str>,
}

/// Every finding of the run: its own, then those of the scenarios.
pub fn all_findings(result: &RunResult) -> impl Iterator<Item = &Finding> {
    result.findings.iter().chain(result.scenarios.iter().flat_map(|scenario| &scenario.findings))
}

/// Findings grouped by code, the gravest first, then those that touch most scenarios. Notes are left
/// out.
pub fn groups(result: &RunResult) -> Vec<Group<'_>> {
    let mut groups: BTreeMap<(std::cmp::Reverse<Severity>, &str), Group<'_>> = BTreeMap::new();
    let of_run = result.findings.iter().map(|finding| (None, finding));
    let of_scenarios = result
        .scenarios
        .iter()
        .flat_map(|verdict| verdict.findings.iter().map(move |finding| (Some(verdict), finding)));
    for (verdict, finding) in of_run.chain(of_scenarios).filter(|(_, finding)| finding.severity != Severity::Note) {
        let group = groups
            .entry((std::cmp::Reverse(finding.severity), finding.code.as_str()))
            .or_insert_with(|| Group { example: finding, findings: 0, scenarios: Vec::new() });
        group.findings += 1;
        if let Some(id) = verdict.map(|verdict| verdict.id.as_str()).filter(|id| group.scenarios.last() != Some(id)) {
            group.scenarios.push(id);
        }
    }
    let mut sorted: Vec<_> = groups.into_values().collect();
    sorted.sort_by_key(|group| (std::cmp::Reverse(group.example.severity), std::cmp::Reverse(group.scenarios.len())));
    sorted
}

/// How many findings rest on rules of each class. Notes are counted too.
pub fn by_evidence(result: &RunResult) -> [(Evidence, usize); 4] {
    [Evidence::Published, Evidence::Standard, Evidence::Observed, Evidence::Assumed]
        .map(|class| (class, all_findings(result).filter(|finding| finding.evidence == class).count()))
}

/// How many findings rest on rules that no published source or standard backs.
pub fn unbacked(result: &RunResult) -> usize {
    by_evidence(result).iter().filter(|(class, _)| *class >= Evidence::Observed).map(|(_, count)| count).sum()
}

/// A requirement and the scenarios of this run that claim it.
#[derive(Debug)]
pub struct Covered<'a> {
    pub requirement: &'a Requirement,
    /// Scenarios that claim it.
    pub scenarios: Vec<&'a ScenarioVerdict>,
    /// What the run says about it; `None` where no scenario claims it.
    pub outcome: Option<Outcome>,
}

/// Every requirement that a scenario claims or a finding breaks, by id.
///
/// What the run says about one follows from its findings where there are any. A scenario that failed
/// for another requirement does not fail this one, and does not prove it either.
pub fn coverage<'a>(result: &'a RunResult, catalogue: &'a Catalogue) -> Vec<Covered<'a>> {
    let claimed = result.scenarios.iter().flat_map(|verdict| &verdict.requirements);
    let broken = all_findings(result).map(|finding| &finding.requirement);
    let ids: BTreeSet<&String> = claimed.chain(broken).collect();
    ids.into_iter()
        .filter_map(|id| catalogue.get_requirement(id))
        .map(|requirement| covered(result, requirement))
        .collect()
}

fn covered<'a>(result: &'a RunResult, requirement: &'a Requirement) -> Covered<'a> {
    let id = &requirement.id;
    let scenarios: Vec<_> = result.scenarios.iter().filter(|verdict| verdict.requirements.contains(id)).collect();
    let broken = all_findings(result)
        .filter(|finding| finding.requirement == *id)
        .filter_map(|finding| match finding.severity {
            Severity::Fail => Some(Outcome::Fail),
            Severity::Warning => Some(Outcome::Warning),
            Severity::Note => None,
        })
        .max();
    let judged = scenarios.iter().filter_map(|verdict| match verdict.outcome {
        Outcome::Fail | Outcome::KnownFailure => None,
        Outcome::Warning => Some(Outcome::Pass),
        other => Some(other),
    });
    let unproved = (!scenarios.is_empty()).then_some(Outcome::Inconclusive);
    let outcome = broken.or(judged.max()).or(unproved);
    Covered { requirement, scenarios, outcome }
}

/// How many scenarios came out how, the gravest outcome first.
pub fn counted(counts: Counts) -> [(Outcome, usize); 10] {
    [
        (Outcome::Error, counts.error),
        (Outcome::Configuration, counts.configuration),
        (Outcome::Fail, counts.fail),
        (Outcome::KnownFailure, counts.known_failure),
        (Outcome::Inconclusive, counts.inconclusive),
        (Outcome::Incomplete, counts.incomplete),
        (Outcome::Review, counts.review),
        (Outcome::Warning, counts.warning),
        (Outcome::Pass, counts.pass),
        (Outcome::NotApplicable, counts.not_applicable),
    ]
}
