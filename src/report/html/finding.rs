//! A finding as the page shows it.

use crate::domain::Severity;
use crate::report::plain::{place_line, position_words, said_line};
use crate::report::texts::{FindingTexts, Texts};
use crate::rule::{Catalogue, Finding, RequirementSource};

/// Most findings of one scenario that the page shows.
const MOST_SHOWN: usize = 100;

/// A finding with all its words.
#[derive(Debug)]
pub struct FindingView<'a> {
    /// Number within its scenario, from 1.
    pub number: usize,
    /// Prefix of the anchors: the scenario's.
    pub scope: &'a str,
    /// Name of the severity, for the style.
    pub kind: &'static str,
    /// The severity in words.
    pub severity: &'a str,
    pub finding: &'a Finding,
    /// What the tables tell about its code.
    pub texts: &'a FindingTexts,
    /// What the rule is about.
    pub about: &'a str,
    /// The same in a sentence.
    pub about_meaning: &'a str,
    /// Class of the rule.
    pub class: &'a str,
    /// The class in a sentence.
    pub class_meaning: &'a str,
    /// What the requirement says.
    pub requirement: &'a str,
    /// Where the requirement stands.
    pub source: String,
    /// Who has to mend it.
    pub blame: &'a str,
    /// Where it is, in words.
    pub place: Option<String>,
    /// Whether the place is marked in a message.
    pub marked: bool,
    /// What should have come.
    pub expected: String,
    pub actual: String,
}

/// The first findings of `findings`, numbered in order; see [`more`] for the rest.
pub fn views<'a>(
    findings: &'a [Finding],
    scope: &'a str,
    catalogue: &'a Catalogue,
    texts: &'a Texts,
) -> Vec<FindingView<'a>> {
    let shown = findings.iter().take(MOST_SHOWN).enumerate();
    shown.map(|(index, finding)| view(finding, index + 1, scope, catalogue, texts)).collect()
}

/// That not every finding is shown, where that is so.
pub fn more(findings: &[Finding], texts: &Texts) -> Option<String> {
    let hidden = findings.len().saturating_sub(MOST_SHOWN);
    (hidden > 0).then(|| texts.words.note.more_findings.of(hidden))
}

/// The name of a severity in data.
pub fn kind(severity: Severity) -> &'static str {
    match severity {
        Severity::Fail => "fail",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A source in one line.
pub fn source_line(source: &RequirementSource) -> String {
    let parts = [&source.document, &source.date, &source.section];
    parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn view<'a>(
    finding: &'a Finding,
    number: usize,
    scope: &'a str,
    catalogue: &'a Catalogue,
    texts: &'a Texts,
) -> FindingView<'a> {
    let words = &texts.words;
    let requirement = catalogue.get_requirement(&finding.requirement);
    FindingView {
        number,
        scope,
        kind: kind(finding.severity),
        severity: words.severity.of(finding.severity),
        finding,
        texts: texts.finding(finding.code),
        about: words.kind.of(finding.kind),
        about_meaning: words.kind_meaning.of(finding.kind),
        class: words.evidence.of(finding.evidence),
        class_meaning: words.evidence_meaning.of(finding.evidence),
        requirement: requirement.map_or("", |requirement| requirement.text.in_language(texts.language)),
        source: requirement.map(|requirement| source_line(&requirement.source)).unwrap_or_default(),
        blame: words.blame.of(finding.blame),
        place: place_line(finding, texts),
        marked: finding.exchange.is_some()
            && finding.place.as_ref().is_some_and(|place| position_words(place, texts).is_some()),
        expected: said_line(&finding.expected, texts),
        actual: said_line(&finding.actual, texts),
    }
}
