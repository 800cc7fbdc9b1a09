//! What stands in a use log, element by element, whatever its form.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{LogDamage, Mapping, entry_of};
use crate::source::Position;
use crate::wire::json::{JsonPiece, JsonShape};

/// The form of a log.
#[derive(Debug, Clone)]
pub enum LogForm {
    /// Canonical entries, which stand so.
    Canonical(JsonShape),
    /// AuditEvents of FHIR R4, which stand so.
    AuditEvents(JsonShape),
    /// CSV with a mapping.
    Csv(Box<Mapping>),
}

impl LogForm {
    /// How its elements stand; rows stand one a line.
    pub fn shape(&self) -> JsonShape {
        match self {
            Self::Canonical(shape) | Self::AuditEvents(shape) => *shape,
            Self::Csv(_) => JsonShape::Lines,
        }
    }

    /// Whether its elements are AuditEvents.
    pub fn is_of_events(&self) -> bool {
        matches!(self, Self::AuditEvents(_))
    }
}

/// What stands in a log.
#[derive(Debug, Clone, PartialEq)]
pub enum LogElement {
    /// An element as it stands.
    Piece(JsonPiece),
    /// An entry that a row tells.
    Entry(Position, Value),
    /// What is wrong, and where.
    Damage(Position, LogDamage),
    /// What is wrong with the end of the file, which may still be in writing.
    Unclosed(Position, LogDamage),
}

impl LogElement {
    /// Where it stands.
    pub fn position(&self) -> Position {
        match self {
            Self::Piece(piece) => Position { line: piece.line, column: piece.column },
            Self::Entry(at, _) | Self::Damage(at, ..) | Self::Unclosed(at, ..) => *at,
        }
    }

    /// Whether it may be what a system has written so far of something longer, where it stands at the end.
    pub fn is_half(&self) -> bool {
        match self {
            Self::Piece(piece) => !piece.is_whole && self.json().is_none(),
            Self::Unclosed(..) => true,
            Self::Entry(..) | Self::Damage(..) => false,
        }
    }

    /// The canonical entry that it is, or tells as an AuditEvent.
    pub fn entry(&self, is_event: bool) -> Option<Value> {
        if is_event { self.event().map(|event| entry_of(&event)) } else { self.json() }
    }

    /// The AuditEvent that it is, or holds as an entry of a Bundle.
    pub fn event(&self) -> Option<Value> {
        let mut json = self.json()?;
        let event = if json["resource"].is_null() { json } else { json["resource"].take() };
        (event["resourceType"] == "AuditEvent").then_some(event)
    }

    fn json(&self) -> Option<Value> {
        match self {
            Self::Piece(piece) => serde_json::from_slice(&piece.bytes).ok(),
            Self::Entry(_, entry) => Some(entry.clone()),
            Self::Damage(..) | Self::Unclosed(..) => None,
        }
    }

    /// It with its place, as [`LogElement::of_value`] reads it.
    pub(super) fn to_value(&self) -> Value {
        let mut value = match self {
            Self::Piece(piece) => match std::str::from_utf8(&piece.bytes) {
                Ok(text) => json!({"text": text, "whole": piece.is_whole}),
                Err(_) => json!({"base64": STANDARD.encode(&piece.bytes), "whole": piece.is_whole}),
            },
            Self::Entry(_, entry) => json!({ "entry": entry }),
            Self::Damage(_, damage) => json!({ "damage": damage }),
            Self::Unclosed(_, damage) => json!({"damage": damage, "whole": false}),
        };
        let at = self.position();
        (value["line"], value["column"]) = (json!(at.line), json!(at.column));
        value
    }

    pub(super) fn of_value(value: &Value) -> Option<Self> {
        let number = |name: &str| value[name].as_u64().and_then(|number| u32::try_from(number).ok());
        let text = |name: &str| value[name].as_str().map(str::to_owned);
        let at = Position { line: number("line")?, column: number("column")? };
        let is_whole = value["whole"].as_bool();
        if let Some(entry) = value.get("entry") {
            return Some(Self::Entry(at, entry.clone()));
        }
        if let Some(damage) = value.get("damage") {
            let element = if is_whole.is_some() { Self::Unclosed } else { Self::Damage };
            return Some(element(at, LogDamage::deserialize(damage).ok()?));
        }
        let decoded = || STANDARD.decode(value["base64"].as_str()?).ok();
        let bytes = text("text").map(String::into_bytes).or_else(decoded)?;
        Some(Self::Piece(JsonPiece { bytes, line: at.line, column: at.column, is_whole: is_whole? }))
    }
}
