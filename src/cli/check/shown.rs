//! How `kantakoe check` shows its findings.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::check::Checked;
use crate::domain::{Blame, Evidence, Operation, Severity};
use crate::report::{Texts, finding_lines};
use crate::rule::{Finding, Place};
use crate::wire::Part;

const SEVERITIES: [Severity; 3] = [Severity::Fail, Severity::Warning, Severity::Note];

/// For people: each finding under the place in its file, and a line that counts them.
pub(super) fn plain(checked: &Checked, findings: &[Finding], texts: &Texts) -> String {
    let mut text = String::new();
    for finding in findings {
        if let Some(place) = &finding.place {
            text.push_str(&format!("{}\n", location(checked, place, texts)));
        }
        for line in finding_lines(finding, texts) {
            text.push_str(&format!("  {line}\n"));
        }
        text.push('\n');
    }
    for (code, count) in &checked.counts {
        let shown = findings.iter().filter(|finding| finding.code.as_str() == code).count();
        if shown as u64 != *count {
            text.push_str(&format!("{code}: {shown}/{count}\n"));
        }
    }
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let counts = SEVERITIES.map(|severity| format!("{}: {}", texts.words.severity.of(severity), count(severity)));
    text + &counts.join(", ") + "\n"
}

/// `file:line:column`. Parts that stand packed in a file are named beside it, since lines count in them.
fn location(checked: &Checked, place: &Place, texts: &Texts) -> String {
    let (path, is_own) = file(checked, place.part);
    let part = if is_own { String::new() } else { format!(" [{}]", texts.words.part.of(place.part)) };
    let position = place.position.map(|position| format!(":{}:{}", position.line, position.column));
    format!("{path}{part}{}", position.unwrap_or_default())
}

/// The file of a part, and whether the part is the file itself.
fn file(checked: &Checked, part: Part) -> (String, bool) {
    let document = checked.document.as_ref();
    let path = document.filter(|_| part != Part::Frame).unwrap_or(&checked.frame);
    let is_own = part == Part::Frame || part == checked.part || (part == Part::Document && document.is_some());
    (path.display().to_string(), is_own)
}

#[derive(Serialize)]
struct FileOutcome<'a> {
    frame: String,
    document: Option<String>,
    operation: Option<Operation>,
    /// How many entries of a use log were judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    entries: Option<u64>,
    /// How many findings of each code there are where not all are shown.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    counts: &'a BTreeMap<String, u64>,
    failures: usize,
    warnings: usize,
    notes: usize,
    findings: Vec<ShownFile<'a>>,
}

#[derive(Serialize)]
struct ShownFile<'f> {
    /// The file in which, or packed in which, the place of the finding is.
    file: Option<String>,
    code: &'f str,
    requirement: &'f str,
    evidence: Evidence,
    severity: Severity,
    blame: Blame,
    exchange: Option<u64>,
    step: Option<&'f str>,
    place: Option<&'f Place>,
    expected: String,
    actual: String,
}

/// For programs: one JSON object, with the texts of the findings in the language.
pub(super) fn json(checked: &Checked, findings: &[Finding], texts: &Texts) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let outcome = FileOutcome {
        frame: checked.frame.display().to_string(),
        document: checked.document.as_ref().map(|path| path.display().to_string()),
        operation: checked.operation,
        entries: checked.entries,
        counts: &checked.counts,
        failures: count(Severity::Fail),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
        findings: findings.iter().map(|finding| shown(checked, finding, texts)).collect(),
    };
    serde_json::to_string_pretty(&outcome).expect("texts and numbers are always written")
}

fn shown<'f>(checked: &Checked, finding: &'f Finding, texts: &Texts) -> ShownFile<'f> {
    ShownFile {
        file: place_file(checked, finding),
        code: finding.code.as_str(),
        requirement: &finding.requirement,
        evidence: finding.evidence,
        severity: finding.severity,
        blame: finding.blame,
        exchange: finding.exchange,
        step: finding.step.as_deref(),
        place: finding.place.as_ref(),
        expected: texts.say(&finding.expected),
        actual: texts.say(&finding.actual),
    }
}

fn place_file(checked: &Checked, finding: &Finding) -> Option<String> {
    finding.place.as_ref().map(|place| file(checked, place.part).0)
}
