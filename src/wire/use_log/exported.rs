//! A use log that a system exports, as far as it was read.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::LogElement;
use crate::domain::read_instant;
use crate::wire::json::JsonShape;

/// Members whose array may hold the elements: of the canonical form, and of a Bundle.
const MEMBERS: [&str; 2] = ["entries", "entry"];

/// Elements of an exported log, one after the other as they stand in it.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportedLog {
    /// How its elements stand.
    pub shape: JsonShape,
    /// Whether its elements are AuditEvents.
    pub is_of_events: bool,
    /// How many elements stand before these.
    pub before: u64,
    /// Whether the first element is only what the others follow.
    pub continues: bool,
    pub elements: Vec<LogElement>,
}

impl ExportedLog {
    /// The end that may still be in writing.
    pub fn half(&self) -> &[LogElement] {
        let whole = self.elements.iter().rposition(|element| !element.is_half()).map_or(0, |last| last + 1);
        &self.elements[whole..]
    }

    /// The log without the end that may still be in writing.
    #[must_use]
    pub fn without_half(mut self) -> Self {
        self.elements.truncate(self.elements.len() - self.half().len());
        self
    }

    /// What stands after the last entry of `time` or earlier, and that entry, which the others follow. Of what
    /// remains, the newest `most` elements.
    #[must_use]
    pub fn since(mut self, time: Timestamp, most: usize) -> Self {
        let is_earlier = |element: &LogElement| self.time_of(element).is_some_and(|own| own <= time);
        let known = self.elements.iter().rposition(is_earlier);
        let from = known.unwrap_or(0).max(self.elements.len().saturating_sub(most));
        self.continues = known == Some(from);
        self.before += from as u64;
        self.elements.drain(..from);
        self
    }

    /// Time of the last entry that tells one.
    pub fn newest(&self) -> Option<Timestamp> {
        self.elements.iter().rev().find_map(|element| self.time_of(element))
    }

    fn time_of(&self, element: &LogElement) -> Option<Timestamp> {
        read_instant(element.entry(self.is_of_events)?["time"].as_str()?)
    }

    /// All of it, as [`ExportedLog::of_value`] reads it.
    pub fn to_value(&self) -> Value {
        let shape = match self.shape {
            JsonShape::Lines => "lines",
            JsonShape::Array => "array",
            JsonShape::Member(name) => name,
        };
        json!({
            "shape": shape,
            "events": self.is_of_events,
            "before": self.before,
            "continues": self.continues,
            "elements": self.elements.iter().map(LogElement::to_value).collect::<Vec<_>>(),
        })
    }

    /// The log that `value` tells; `None` where it tells none.
    pub fn of_value(value: &Value) -> Option<Self> {
        let shape = match value["shape"].as_str()? {
            "lines" => JsonShape::Lines,
            "array" => JsonShape::Array,
            other => JsonShape::Member(MEMBERS.into_iter().find(|name| *name == other)?),
        };
        Some(Self {
            shape,
            is_of_events: value["events"].as_bool()?,
            before: value["before"].as_u64()?,
            continues: value["continues"].as_bool()?,
            elements: value["elements"].as_array()?.iter().map(LogElement::of_value).collect::<Option<_>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::super::LogDamage;
    use super::{ExportedLog, LogElement};
    use crate::source::Position;
    use crate::wire::json::{JsonPiece, JsonShape};

    fn piece(line: u32, text: &str, is_whole: bool) -> LogElement {
        LogElement::Piece(JsonPiece { bytes: text.as_bytes().to_vec(), line, column: 1, is_whole })
    }

    fn entry(line: u32, second: i64) -> LogElement {
        let time = Timestamp::from_second(second).expect("time");
        piece(line, &json!({"time": time.to_string()}).to_string(), true)
    }

    fn log(elements: Vec<LogElement>) -> ExportedLog {
        ExportedLog { shape: JsonShape::Lines, is_of_events: false, before: 0, continues: false, elements }
    }

    fn since(log: &ExportedLog, second: i64, most: usize) -> (u64, bool, Vec<u32>) {
        let kept = log.clone().since(Timestamp::from_second(second).expect("time"), most);
        (kept.before, kept.continues, kept.elements.iter().map(|element| element.position().line).collect())
    }

    #[test]
    fn what_was_there_before_is_only_followed() {
        let log = log(vec![entry(1, 1), piece(2, "{", true), entry(3, 5), piece(4, "{", true), entry(5, 9)]);
        assert_eq!(since(&log, 0, 9), (0, false, vec![1, 2, 3, 4, 5]));
        assert_eq!(since(&log, 5, 9), (2, true, vec![3, 4, 5]));
        assert_eq!(since(&log, 9, 9), (4, true, vec![5]));
        assert_eq!(since(&log, 1, 2), (3, false, vec![4, 5]));
        assert_eq!(log.newest(), Timestamp::from_second(9).ok());
    }

    #[test]
    fn only_an_end_without_its_end_may_still_be_in_writing() {
        let half = piece(2, "{\"time\"", false);
        let unclosed = LogElement::Unclosed(Position { line: 2, column: 1 }, LogDamage::OpenArray);
        for (end, halves) in [
            (vec![half.clone()], 1),
            (vec![half.clone(), unclosed], 2),
            (vec![piece(2, "{\"time\"", true)], 0),
            (vec![piece(2, "{}", false)], 0),
            (vec![half, entry(3, 1)], 0),
        ] {
            let log = log([vec![entry(1, 1)], end].concat());
            assert_eq!(log.half().len(), halves);
            assert_eq!(log.clone().without_half().elements.len(), log.elements.len() - halves);
        }
    }

    #[test]
    fn a_log_comes_back_from_its_value() {
        let at = Position { line: 3, column: 2 };
        let elements = vec![
            entry(1, 1),
            LogElement::Piece(JsonPiece { bytes: vec![b'{', 0xE4], line: 2, column: 1, is_whole: false }),
            LogElement::Entry(at, json!({"time": null})),
            LogElement::Damage(at, LogDamage::Fields { expected: 2, found: 1 }),
            LogElement::Unclosed(at, LogDamage::OpenArray),
        ];
        for shape in [JsonShape::Lines, JsonShape::Array, JsonShape::Member("entries"), JsonShape::Member("entry")] {
            let log = ExportedLog { shape, is_of_events: true, before: 7, continues: true, elements: elements.clone() };
            assert_eq!(ExportedLog::of_value(&log.to_value()), Some(log));
        }
        assert_eq!(ExportedLog::of_value(&json!(null)), None);
    }
}
