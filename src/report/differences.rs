//! What every report says of a profile that differs from one that ships.

use super::texts::Texts;
use super::words::fill;
use crate::run::RunHeader;

/// Most rows that a note names; the JSON report has them all.
const MOST: usize = 40;

/// The note; nothing where the profile ships itself.
pub(super) fn note(header: &RunHeader, texts: &Texts) -> Option<String> {
    let differences = header.differences.as_ref()?;
    let note = &texts.words.note;
    let rows = differences.rows.iter().take(MOST).map(ToString::to_string);
    let more = differences.rows.len().checked_sub(MOST).filter(|more| *more > 0).map(|more| format!("… +{more}"));
    let rows = rows.chain(more).collect::<Vec<_>>().join(", ");
    let values = [("profile", header.profile.as_str()), ("from", differences.from.as_str()), ("rows", rows.as_str())];
    Some(fill(&note.profile_differs, &values))
}
