//! The findings about a file of any length: a few of each kind with their places, and how many there are.

use std::collections::BTreeMap;

use crate::rule::Finding;
use crate::rule::finding::MOST_OF_A_CODE;
use crate::source::Position;
use crate::wire::json::offset_of;

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The findings that are kept.
    pub list: Vec<Finding>,
    /// How many of each code there are in all.
    pub counts: BTreeMap<String, u64>,
}

impl Told {
    /// Adds findings about the log as a whole, of which there are `count` in all, each of the same kind.
    pub fn add_all(&mut self, findings: Vec<Finding>, count: u64) {
        let Some(first) = findings.first() else { return };
        *self.counts.entry(first.code.to_string()).or_default() += count;
        self.list.extend(findings.into_iter().map(|finding| Finding { place: None, ..finding }));
    }

    /// Adds the findings about an entry with this text that starts at `start`. Their paths are from the
    /// entry; `pointer` is the entry's own.
    pub fn add(&mut self, findings: Vec<Finding>, text: &str, start: Position, pointer: &str) {
        for mut finding in findings {
            let count = self.counts.entry(finding.code.to_string()).or_default();
            *count += 1;
            if *count > MOST_OF_A_CODE as u64 {
                continue;
            }
            if let Some(place) = &mut finding.place {
                place.position =
                    Some(after(start, Position::of(text, offset_of(text, &place.path).unwrap_or_default())));
                place.path.insert_str(0, pointer);
            }
            self.list.push(finding);
        }
    }
}

/// The position in the file of one in a text that starts at `start`.
pub(super) fn after(start: Position, inner: Position) -> Position {
    let column = if inner.line == 1 { start.column.saturating_add(inner.column - 1) } else { inner.column };
    Position { line: start.line.saturating_add(inner.line - 1), column }
}
