//! The text that an action gives stands whole in both forms of the document.

use super::asked::{ActionSubject, Asked};
use super::texts::{shown_text, single_spaced, structured_texts};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::Said;

pub(super) const RULE: Rule<ActionSubject> = Rule {
    id: "asked-text-not-sent",
    requirement: "STO-50",
    sentence: "The text that an action gives stands whole in both forms of the document.",
    codes: &[CODE],
    judge,
};

const CODE: FindingCode = FindingCode::AskedTextNotSent;

/// What cannot be read, and a form that is PDF, are other findings' matter. White space may be shown as a browser
/// shows it; the structured form keeps it.
fn judge(asked: &Asked<'_>, findings: &mut Findings<'_>) {
    let Some(text) = asked.text("text").or_else(|| asked.text("title")) else { return };
    // A document without the marker is one that nobody can tell to be of this action, which is another finding.
    if !asked.holds_marker() {
        return;
    }
    let Some(body) = asked.stored().and_then(|stored| stored.document.body.as_ref()) else { return };
    if let Some((form, shown)) =
        body.display_form.as_ref().and_then(|form| Some((form, shown_text(form.value.as_ref().ok()?, asked.profile)?)))
        && !shown.contains(&single_spaced(text))
    {
        findings.add(CODE, &form.spot, Said::value(text), Said::value(shown));
    }
    if let Some((json, texts)) =
        body.json.as_ref().and_then(|json| Some((json, structured_texts(json.value.as_ref().ok()?, asked.profile)?)))
        && !texts.iter().any(|own| own.contains(text))
    {
        findings.add(CODE, &json.spot, Said::value(text), Said::value(nearest(text, &texts)));
    }
}

/// The text that has most of its beginning in common with what was given.
fn nearest(text: &str, texts: &[String]) -> String {
    let common = |own: &&String| own.chars().zip(text.chars()).take_while(|(own, given)| own == given).count();
    texts.iter().max_by_key(common).cloned().unwrap_or_default()
}
