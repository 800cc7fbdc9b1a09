//! A JSON value with its pointer, to read resources with.

use serde_json::Value;

use crate::wire::json::{at, pointer_to};
use crate::wire::{LocatedValue, Location, Part};

/// A value of the Bundle and where it stands.
#[derive(Debug, Clone)]
pub struct FhirNode<'a> {
    pub value: &'a Value,
    pub pointer: String,
}

impl<'a> FhirNode<'a> {
    /// The value at `relative` below this one.
    pub fn at(&self, relative: &str) -> Option<Self> {
        let value = at(self.value, relative)?;
        Some(Self { value, pointer: format!("{}{relative}", self.pointer) })
    }

    /// The elements of the array at `relative`; none where it is no array.
    pub fn list(&self, relative: &str) -> impl Iterator<Item = Self> + use<'a> {
        let elements = at(self.value, relative).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let pointer = format!("{}{relative}", self.pointer);
        elements.iter().enumerate().map(move |(index, value)| Self { value, pointer: pointer_to(&pointer, index) })
    }

    /// The text at `relative`, unless it is empty.
    pub fn text(&self, relative: &str) -> Option<LocatedValue<String>> {
        let node = self.at(relative)?;
        let text = node.value.as_str().filter(|text| !text.is_empty())?.to_owned();
        Some(LocatedValue::new(text, node.spot()))
    }

    /// Its place.
    pub fn spot(&self) -> Location {
        Location::path(Part::Bundle, self.pointer.clone())
    }
}
