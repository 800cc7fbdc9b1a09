//! A JSON value that borrows its texts: for many small values of which most parts are only looked at.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

use super::walk::push;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Json<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(Cow<'a, str>),
    /// An array.
    List(Vec<Json<'a>>),
    /// An object, its members in their order.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

impl<'a> Json<'a> {
    /// The value in `text`; `None` when that is no JSON, nests deeper than `depth` or has a member twice.
    /// [`super::parse`] tells what is wrong and where.
    pub fn read(text: &'a str, depth: usize) -> Option<Self> {
        let mut reader = serde_json::Deserializer::from_str(text);
        let value = TreeSeed { depth }.deserialize(&mut reader).ok()?;
        reader.end().ok().map(|()| value)
    }

    /// The same value as `value`.
    pub fn of(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(number.clone()),
            Value::String(text) => Self::Text(Cow::Borrowed(text)),
            Value::Array(list) => Self::List(list.iter().map(Self::of).collect()),
            Value::Object(members) => Self::Object(
                members.iter().map(|(name, value)| (Cow::Borrowed(name.as_str()), Self::of(value))).collect(),
            ),
        }
    }

    /// The member `name`, unless it is null.
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        let (_, value) = members.iter().find(|(own, _)| own == name)?;
        (*value != Self::Null).then_some(value)
    }

    /// What stands at a pointer of plain member names, as `/client/value`, unless it is null.
    pub fn at(&self, pointer: &str) -> Option<&Self> {
        pointer.split('/').skip(1).try_fold(self, |value, name| value.get(name))
    }

    /// The text, where it is one.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// Calls `visit` with every text in the value and its pointer, in order.
    pub fn texts(&self, visit: &mut dyn FnMut(&str, &str)) {
        self.step(visit, &mut String::new());
    }

    fn step(&self, visit: &mut dyn FnMut(&str, &str), pointer: &mut String) {
        let length = pointer.len();
        match self {
            Self::Text(text) => visit(pointer, text),
            Self::List(list) => {
                for (index, value) in list.iter().enumerate() {
                    push(pointer, index);
                    value.step(visit, pointer);
                    pointer.truncate(length);
                }
            }
            Self::Object(members) => {
                for (name, value) in members {
                    push(pointer, name);
                    value.step(visit, pointer);
                    pointer.truncate(length);
                }
            }
            Self::Null | Self::Bool(_) | Self::Number(_) => {}
        }
    }
}

impl fmt::Display for Json<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        Value::from(self).fmt(out)
    }
}

impl From<&Json<'_>> for Value {
    fn from(json: &Json<'_>) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(*value),
            Json::Number(number) => Self::Number(number.clone()),
            Json::Text(text) => Self::String(text.to_string()),
            Json::List(list) => Self::Array(list.iter().map(Self::from).collect()),
            Json::Object(members) => {
                Self::Object(members.iter().map(|(name, value)| (name.to_string(), Self::from(value))).collect())
            }
        }
    }
}

/// Reads a value that may nest so deep.
#[derive(Clone, Copy)]
struct TreeSeed {
    depth: usize,
}

impl TreeSeed {
    fn below<E: Error>(self) -> Result<Self, E> {
        let depth = self.depth.checked_sub(1).ok_or_else(|| E::custom("nested too deep"))?;
        Ok(Self { depth })
    }
}

impl<'de> DeserializeSeed<'de> for TreeSeed {
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TreeSeed {
    type Value = Json<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json<'de>, E> {
        Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json<'de>, A::Error> {
        let (below, mut list) = (self.below()?, Vec::new());
        while let Some(value) = access.next_element_seed(below)? {
            list.push(value);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json<'de>, A::Error> {
        let (below, mut members) = (self.below()?, Vec::<(Cow<'de, str>, Json<'de>)>::with_capacity(8));
        while let Some(name) = access.next_key_seed(Name)? {
            if members.iter().any(|(other, _)| *other == name) {
                return Err(A::Error::custom("a member stands twice"));
            }
            members.push((name, access.next_value_seed(below)?));
        }
        Ok(Json::Object(members))
    }
}

/// Reads the name of a member.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the name of a member")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Json;
    use crate::wire::Part;
    use crate::wire::json::{JsonLimits, parse};

    #[test]
    fn members_are_found_by_pointer_and_nulls_count_as_missing() {
        let json = Json::read(r#"{"a":{"b":"x\u00e4","c":null},"d":[1]}"#, 8).expect("read");
        assert_eq!(json.at("/a/b").and_then(Json::as_text), Some("xä"));
        assert_eq!((json.at("/a/c"), json.at("/d/0"), json.at("/a/b/c")), (None, None, None));
        let mut told = Vec::new();
        json.texts(&mut |pointer, text| told.push(format!("{pointer} {text}")));
        assert_eq!(told, ["/a/b xä"]);
    }

    #[test]
    fn what_is_no_plain_value_is_not_read() {
        for text in ["", "{", "{} {}", r#"{"a":1,"a":2}"#, "[[[1]]]", "\u{feff}{}"] {
            assert_eq!(Json::read(text, 2), None, "{text}");
        }
    }

    #[test]
    fn both_ways_lead_to_the_same_value() {
        let value = json!({"b": [null, true, -1, 1.5, u64::MAX], "a": {"c": "ä\n"}});
        let text = value.to_string();
        let json = Json::read(&text, 8).expect("read");
        assert_eq!((&json, Value::from(&json)), (&Json::of(&value), value.clone()));
    }

    proptest::proptest! {
        #[test]
        fn it_reads_what_the_other_reader_reads(text in "[\\[\\]{}:,\"ab0-9.eE+\\\\ truefalsn-]{0,24}") {
            let other = parse(text.as_bytes(), Part::Json, JsonLimits { bytes: 100, depth: 8 }).ok();
            let own = Json::read(&text, 8);
            proptest::prop_assert_eq!(own.as_ref().map(Value::from), other.map(|located| located.value));
        }
    }
}
