//! The first screen: what came out, what to mend first, what was run.

use super::finding::kind;
use crate::domain::Outcome;
use crate::report::redact;
use crate::report::summary::{Group, counted, groups, unbacked};
use crate::report::texts::{FindingTexts, Texts};
use crate::report::words::fill;
use crate::run::{Held, RunResult};

/// Longest text of the vendor's system, in characters.
const LONGEST: usize = 300;

/// How many scenarios came out so.
#[derive(Debug)]
pub struct Tile<'a> {
    /// Name of the outcome in data, for shape and style.
    pub kind: &'static str,
    /// The outcome in words.
    pub name: &'a str,
    pub count: usize,
}

/// Findings of one code.
#[derive(Debug)]
pub struct GroupView<'a> {
    /// Name of the severity, for the style.
    pub kind: &'static str,
    /// The severity in words.
    pub severity: &'a str,
    pub code: &'a str,
    /// What the tables tell about it.
    pub texts: &'a FindingTexts,
    /// What its rule is about.
    pub about: &'a str,
    /// Class of its rule.
    pub class: &'a str,
    /// How many there are, and in how many scenarios.
    pub extent: String,
    /// Anchors and names of the scenarios.
    pub scenarios: Vec<(String, &'a str)>,
}

/// A value with its name.
#[derive(Debug)]
pub struct HeadFact<'a> {
    pub label: &'a str,
    pub value: String,
    /// Whether it is a digest, shown in small type.
    pub long: bool,
}

/// The tiles: every outcome that came, and always passes and failures.
pub fn tiles<'a>(result: &RunResult, texts: &'a Texts) -> Vec<Tile<'a>> {
    counted(result.counts)
        .into_iter()
        .filter(|(outcome, count)| *count > 0 || matches!(outcome, Outcome::Pass | Outcome::Fail))
        .map(|(outcome, count)| Tile { kind: outcome.name(), name: texts.words.outcome.of(outcome), count })
        .collect()
}

/// What to mend first; `anchor` gives the anchor of a scenario.
pub fn group_views<'a>(
    result: &'a RunResult,
    anchor: &impl Fn(&str) -> String,
    texts: &'a Texts,
) -> Vec<GroupView<'a>> {
    groups(result).into_iter().map(|group| group_view(group, anchor, texts)).collect()
}

fn group_view<'a>(group: Group<'a>, anchor: &impl Fn(&str) -> String, texts: &'a Texts) -> GroupView<'a> {
    let words = &texts.words;
    let findings = words.count.findings.of(group.findings);
    let extent = match group.scenarios.len() {
        0 => findings,
        n => format!("{findings}, {}", words.count.scenarios.of(n)),
    };
    GroupView {
        kind: kind(group.example.severity),
        severity: words.severity.of(group.example.severity),
        code: group.example.code.as_str(),
        texts: texts.finding(group.example.code),
        about: words.kind.of(group.example.kind),
        class: words.evidence.of(group.example.evidence),
        extent,
        scenarios: group.scenarios.into_iter().map(|id| (anchor(id), id)).collect(),
    }
}

/// What was run, against what.
pub fn facts<'a>(result: &RunResult, texts: &'a Texts) -> Vec<HeadFact<'a>> {
    let (header, label) = (&result.header, &texts.words.label);
    let connection = if header.tls { &label.tls_on } else { &label.tls_off };
    let short = [
        (&label.vendor, redact::line(&header.system.vendor, LONGEST)),
        (&label.driver, header.driver.clone()),
        (&label.connection, connection.clone()),
        (&label.system_kind, system_kind(result, texts)),
        (&label.strictness, texts.words.strictness.of(header.strictness).to_owned()),
        (&label.profile, header.profile.clone()),
        (&label.valid_certification, validity(&header.validity.certification, texts)),
        (&label.valid_production, validity(&header.validity.production, texts)),
        (&label.harness, format!("kantakoe {}", header.harness)),
        (&label.seed, header.seed.to_string()),
        (&label.started, header.started.to_string()),
        (&label.ended, result.ended.to_string()),
    ];
    let long = [
        (&label.profile_digest, &header.profile_digest),
        (&label.suite_digest, &header.suite_digest),
        (&label.configuration_digest, &header.configuration_digest),
        (&label.selection_digest, &header.selection.digest),
        (&label.evidence_root, &result.evidence_root),
    ];
    let short = short.into_iter().map(|(label, value)| HeadFact { label, value, long: false });
    let long = long.into_iter().map(|(label, value)| HeadFact { label, value: value.clone(), long: true });
    short.chain(long).collect()
}

/// The kind of system, and what it is without.
fn system_kind(result: &RunResult, texts: &Texts) -> String {
    let (selection, note) = (&result.header.selection, &texts.words.note);
    let kind = if selection.kind.is_empty() { note.kind_unsaid.as_str() } else { selection.kind.as_str() };
    let without =
        (!selection.without.is_empty()).then(|| fill(&note.without, &[("items", &selection.without.join(", "))]));
    [kind.to_owned()].into_iter().chain(without).collect::<Vec<_>>().join(". ")
}

/// From when to when the profile holds, and how well that is known.
fn validity(held: &Held, texts: &Texts) -> String {
    let words = &texts.words;
    let is_known = held.from.is_some() || held.until.is_some();
    let days = if is_known { held.days() } else { words.label.days_unknown.clone() };
    format!("{days} ({})", words.evidence.of(held.evidence).to_lowercase())
}

/// What a reader has to keep in mind.
pub fn limits(result: &RunResult, texts: &Texts) -> Vec<String> {
    let note = &texts.words.note;
    let strictness = result.header.strictness;
    let assumed = if strictness.fails_assumed() { &note.strictness_fail } else { &note.strictness_warn };
    let recommended = strictness.fails_recommended().then(|| note.recommended_fail.clone());
    let backing = match unbacked(result) {
        0 => note.all_backed.clone(),
        n => note.unbacked.of(n),
    };
    [assumed.clone()].into_iter().chain(recommended).chain([backing]).collect()
}
