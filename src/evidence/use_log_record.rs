//! A use log as it was given in a step.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A use log as it was given in a step, whatever way it came: by the driver, in a file, or pushed to the endpoint.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct UseLogRecord {
    pub scenario: String,
    /// Name of the step that asked for it.
    pub step: String,
    /// Name of the file in which it was read; empty where it came another way.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// Its entries (docs/use-log.md), an array; where a driver gave something else, that; null where it gave nothing.
    pub entries: Value,
    /// The same entries as FHIR AuditEvents, an array; null where they were given in the canonical form only.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub events: Value,
    /// What stands in the file since the step before that read it, line by line; null where there is no file.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub exported: Value,
}

impl UseLogRecord {
    /// Takes the log out of the result that a driver gave.
    pub fn taken_from(result: &mut Value) -> Self {
        let mut member = |name: &str| result.as_object_mut().and_then(|result| result.shift_remove(name));
        let (entries, events) = (member("entries"), member("events"));
        Self { entries: entries.unwrap_or_default(), events: events.unwrap_or_default(), ..Self::default() }
    }

    /// The entries in the form in which the system keeps them.
    pub fn kept(&self) -> &[Value] {
        let kept = self.events.as_array().or_else(|| self.entries.as_array());
        kept.map_or(&[], Vec::as_slice)
    }

    /// The members of a driver's result that tell it.
    pub fn members(&self) -> Map<String, Value> {
        let both = [("entries", &self.entries), ("events", &self.events)];
        both.into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.into(), value.clone()))
            .collect()
    }
}
