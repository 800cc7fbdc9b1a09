//! A finding in plain lines, for the terminal and the JUnit report.

use super::redact;
use super::texts::Texts;
use super::words::fill;
use crate::rule::{Finding, Place};
use crate::run::Reason;
use crate::words::Said;

/// Longest expected or actual text, or reason, in characters.
const LONGEST: usize = 600;

/// The finding in lines: what, where, expected, came, what to do.
pub fn finding_lines(finding: &Finding, texts: &Texts) -> Vec<String> {
    let words = &texts.words;
    let told = texts.finding(finding.code);
    let mut rows = Vec::new();
    if let Some(place) = place_line(finding, texts) {
        rows.push((&words.label.place, place));
    }
    rows.push((&words.label.expected, said_line(&finding.expected, texts)));
    rows.push((&words.label.actual, said_line(&finding.actual, texts)));
    rows.push((&words.label.mend, told.mend.clone()));
    rows.push((&words.label.requirement, format!("{} ({})", finding.requirement, standing(finding, texts))));
    let width = rows.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
    let title = format!("{} {}: {}", words.severity.of(finding.severity), finding.code, told.title);
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    std::iter::once(title).chain(rows.map(|(label, value)| format!("  {label:width$}  {value}"))).collect()
}

/// What is broken and how well it is known: `conduct, assumed`.
fn standing(finding: &Finding, texts: &Texts) -> String {
    let words = &texts.words;
    format!("{}, {}", words.kind.of(finding.kind), words.evidence.of(finding.evidence)).to_lowercase()
}

/// What was expected or what came, in one line.
pub fn said_line(said: &Said, texts: &Texts) -> String {
    redact::line(&texts.say(said), LONGEST)
}

/// A reason in one line.
pub fn reason_line(reason: &Reason, texts: &Texts) -> String {
    format!("{}: {}", texts.words.reason.of(reason.code), detail_line(reason, texts))
}

/// The particulars of a reason.
pub fn detail_line(reason: &Reason, texts: &Texts) -> String {
    said_line(&reason.detail, texts)
}

/// Where the finding is, in one line; `None` where it has no place at all.
pub fn place_line(finding: &Finding, texts: &Texts) -> Option<String> {
    let label = &texts.words.label;
    let mut parts = Vec::new();
    if let Some(step) = &finding.step {
        parts.push(format!("{} {step}", label.step));
    }
    if let Some(number) = finding.exchange {
        parts.push(fill(&label.exchange, &[("n", &number.to_string())]));
    }
    if let Some(place) = &finding.place {
        parts.push(spot_line(place, texts));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Part, path, line and column.
pub fn spot_line(place: &Place, texts: &Texts) -> String {
    let mut line = texts.words.part.of(place.part).to_owned();
    if !place.path.is_empty() {
        line.push_str(&format!(" {}", redact::line(&place.path, LONGEST)));
    }
    if let Some(position) = position_words(place, texts) {
        line.push_str(&format!(" ({position})"));
    }
    line
}

/// `line 3, column 14`, where it is known.
pub fn position_words(place: &Place, texts: &Texts) -> Option<String> {
    let position = place.position?;
    let (line, column) = (position.line.to_string(), position.column.to_string());
    Some(fill(&texts.words.label.position, &[("line", &line), ("column", &column)]))
}
