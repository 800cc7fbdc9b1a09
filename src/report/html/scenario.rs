//! A scenario as the page shows it.

use std::collections::HashMap;
use std::sync::Arc;

use super::course::{Arrow, StepView, arrow, step};
use super::exchange::{ExchangeView, view};
use super::finding::{FindingView, more, views};
use crate::domain::Outcome;
use crate::evidence::{ActionRecord, ArchivedDocument, Entry, Exchange, UseLogRecord};
use crate::report::plain::reason_line;
use crate::report::texts::Texts;
use crate::report::words::Words;
use crate::rule::Catalogue;
use crate::run::ScenarioVerdict;

/// The evidence by what the page looks for.
#[derive(Default)]
pub struct EvidenceIndex<'a> {
    exchanges: HashMap<u64, &'a Exchange>,
    actions: HashMap<(&'a str, &'a str), &'a ActionRecord>,
    logs: HashMap<(&'a str, &'a str), &'a UseLogRecord>,
    archived: HashMap<&'a str, &'a [ArchivedDocument]>,
}

/// A scenario with everything about it.
#[derive(Debug)]
pub struct ScenarioView<'a> {
    pub anchor: &'a str,
    pub verdict: &'a ScenarioVerdict,
    /// Name of the outcome in data, for shape and style.
    pub kind: &'static str,
    /// The outcome in words.
    pub outcome: &'a str,
    /// Its area in words.
    pub area: &'a str,
    pub title: &'a str,
    pub purpose: &'a str,
    /// How many findings, in words; empty for none.
    pub extent: String,
    /// Why there is no verdict in the usual sense.
    pub reason: Option<String>,
    /// Whether it is shown unfolded.
    pub open: bool,
    /// The course of events.
    pub steps: Vec<StepView<'a>>,
    /// Messages that arrived during no step.
    pub loose: Vec<Arrow<'a>>,
    /// Findings that belong to no step and no message.
    pub findings: Vec<FindingView<'a>>,
    /// That there are more findings than these.
    pub more: Option<String>,
    pub exchanges: Vec<ExchangeView<'a>>,
    /// What the archive held afterwards.
    pub archived: Vec<ArchivedRow<'a>>,
}

/// A document in the archive.
#[derive(Debug)]
pub struct ArchivedRow<'a> {
    pub document: &'a ArchivedDocument,
    /// Who put it there, in words.
    pub provenance: &'a str,
    /// Whether it is nullified, in words.
    pub nullified: &'a str,
}

impl<'a> EvidenceIndex<'a> {
    /// The evidence of these entries.
    pub fn new(entries: &'a [Arc<Entry>]) -> Self {
        let mut evidence = Self::default();
        for entry in entries {
            match entry.as_ref() {
                Entry::Exchange(exchange) => drop(evidence.exchanges.insert(exchange.number, exchange)),
                Entry::Action(action) => drop(evidence.actions.insert((&action.scenario, &action.step), action)),
                Entry::UseLog(log) => drop(evidence.logs.insert((&log.scenario, &log.step), log)),
                Entry::Snapshot(snapshot) => drop(evidence.archived.insert(&snapshot.scenario, &snapshot.documents)),
            }
        }
        evidence
    }
}

/// The anchor of the scenario at `index` in the plan.
pub fn anchor(index: usize, id: &str) -> String {
    let letters = id.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' });
    format!("s{}-{}", index + 1, letters.collect::<String>())
}

/// The scenario of `verdict`.
pub fn scenario<'a>(
    verdict: &'a ScenarioVerdict,
    anchor: &'a str,
    evidence: &EvidenceIndex<'a>,
    catalogue: &'a Catalogue,
    texts: &'a Texts,
) -> ScenarioView<'a> {
    let words = &texts.words;
    let mut findings = views(&verdict.findings, anchor, catalogue, texts);
    let exchanges = exchange_views(&verdict.exchanges, &mut findings, evidence, texts);
    let steps = step_views(verdict, &mut findings, evidence, words);
    ScenarioView {
        anchor,
        verdict,
        kind: verdict.outcome.name(),
        outcome: words.outcome.of(verdict.outcome),
        area: words.area(verdict.area),
        title: verdict.title.in_language(texts.language),
        purpose: verdict.purpose.in_language(texts.language),
        extent: if verdict.findings.is_empty() {
            String::new()
        } else {
            words.count.findings.of(verdict.findings.len())
        },
        reason: verdict.reason.as_ref().map(|reason| reason_line(reason, texts)),
        open: !matches!(verdict.outcome, Outcome::Pass | Outcome::NotApplicable),
        steps,
        loose: loose(verdict, evidence, words),
        findings,
        more: more(&verdict.findings, texts),
        exchanges,
        archived: archived(verdict, evidence, words),
    }
}

/// The exchanges with these numbers, each with the findings about it taken out of `findings`.
pub fn exchange_views<'a>(
    numbers: &[u64],
    findings: &mut Vec<FindingView<'a>>,
    evidence: &EvidenceIndex<'a>,
    texts: &'a Texts,
) -> Vec<ExchangeView<'a>> {
    let known = numbers.iter().filter_map(|number| evidence.exchanges.get(number).copied());
    known
        .map(|exchange| {
            let about = taken(findings, |own| own.finding.exchange == Some(exchange.number));
            view(exchange, about, texts)
        })
        .collect()
}

fn step_views<'a>(
    verdict: &'a ScenarioVerdict,
    findings: &mut Vec<FindingView<'a>>,
    evidence: &EvidenceIndex<'a>,
    words: &'a Words,
) -> Vec<StepView<'a>> {
    let mut steps = Vec::new();
    for own in &verdict.steps {
        let about = taken(findings, |view| view.finding.step.as_deref() == Some(&own.name));
        let key = (verdict.id.as_str(), own.name.as_str());
        let records = (evidence.actions.get(&key).copied(), evidence.logs.get(&key).copied());
        steps.push(step(own, records, arrows(&own.exchanges, evidence, words), about, words));
    }
    steps
}

fn arrows<'a>(numbers: &[u64], evidence: &EvidenceIndex<'a>, words: &'a Words) -> Vec<Arrow<'a>> {
    numbers.iter().filter_map(|number| evidence.exchanges.get(number)).map(|exchange| arrow(exchange, words)).collect()
}

fn loose<'a>(verdict: &ScenarioVerdict, evidence: &EvidenceIndex<'a>, words: &'a Words) -> Vec<Arrow<'a>> {
    let in_step = |number: &u64| verdict.steps.iter().any(|step| step.exchanges.contains(number));
    let numbers: Vec<u64> = verdict.exchanges.iter().copied().filter(|number| !in_step(number)).collect();
    arrows(&numbers, evidence, words)
}

fn archived<'a>(verdict: &ScenarioVerdict, evidence: &EvidenceIndex<'a>, words: &'a Words) -> Vec<ArchivedRow<'a>> {
    let documents = evidence.archived.get(verdict.id.as_str()).copied().unwrap_or_default();
    documents
        .iter()
        .map(|document| ArchivedRow {
            document,
            provenance: words.provenance.of(document.provenance),
            nullified: if document.nullified { &words.label.yes } else { &words.label.no },
        })
        .collect()
}

fn taken<'a>(findings: &mut Vec<FindingView<'a>>, belongs: impl Fn(&FindingView<'a>) -> bool) -> Vec<FindingView<'a>> {
    let (about, rest) = std::mem::take(findings).into_iter().partition(belongs);
    *findings = rest;
    about
}
