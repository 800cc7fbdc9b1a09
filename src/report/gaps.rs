//! What a run does not show: said before what it does.

use super::differences;
use super::texts::Texts;
use super::words::fill;
use crate::run::RunResult;

/// What comes before everything else: known failures, and that a part was run.
pub fn first_lines(result: &RunResult, texts: &Texts) -> Vec<String> {
    let (note, selection) = (&texts.words.note, &result.header.selection);
    let known = (result.counts.known_failure > 0).then(|| {
        let line = note.known.of(result.counts.known_failure);
        if selection.allow_known { format!("{line} {}", note.known_allowed) } else { line }
    });
    let part = (selection.left_out() > 0).then(|| {
        let passed = result.counts.pass + result.counts.warning;
        let values = [("passed", passed.to_string()), ("total", selection.chosen.to_string())];
        let line = note.part_of.of(selection.left_out());
        fill(&line, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    });
    known.into_iter().chain(part).collect()
}

/// What else the run does not show, a line each.
pub fn lines(result: &RunResult, texts: &Texts) -> Vec<String> {
    let (header, note) = (&result.header, &texts.words.note);
    let selection = &header.selection;
    let listed =
        |text: &str, items: &[String]| (!items.is_empty()).then(|| fill(text, &[("items", &items.join(", "))]));
    [
        (!header.tls).then(|| note.tls_off.clone()),
        differences::note(header, texts),
        (selection.expected > 0).then(|| note.expected_listed.of(selection.expected)),
        listed(&note.overridden, &selection.overridden),
        listed(&note.without, &selection.without),
    ]
    .into_iter()
    .flatten()
    .collect()
}
