//! Bytes to a JSON value: size and depth are bounded before anything recurses, and an object that has
//! a member twice is refused, since two readers would see two different messages.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use super::pointer_to;
use crate::wire::{Location, Part};

/// Deepest nesting that serde_json reads.
const DEEPEST: usize = 127;
/// Longest way of member names to a value, in bytes. Without a bound, a few long names over many
/// values would make their pointers cost more than the text that came.
pub(super) const LONGEST_WAY: usize = 2048;

/// Bounds of what is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonLimits {
    /// Most bytes.
    pub bytes: usize,
    /// Deepest nesting of arrays and objects; never more than 127.
    pub depth: usize,
}

/// A JSON value with the text it stood in.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    pub text: String,
    pub value: Value,
    /// The part of the exchange that it is.
    pub part: Part,
}

impl Located {
    /// The place of `pointer`, with its byte offset. Where nothing stands there, the offset is that of
    /// the innermost value on the way to it.
    pub fn spot(&self, pointer: &str) -> Location {
        let offset = super::offset_of(&self.text, pointer);
        Location { part: self.part, path: pointer.to_owned().into(), offset }
    }
}

/// Why bytes are no JSON that can be used, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{fault}")]
pub struct JsonError {
    pub fault: JsonFault,
    /// Pointer of the innermost value that holds the mistake, with its byte offset.
    pub spot: Location,
}

/// What is wrong with the bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonFault {
    /// Over the bound.
    #[error("{bytes} bytes, at most {most} are read")]
    TooLong { bytes: usize, most: usize },
    /// RFC 8259, 8.1: no byte order mark is allowed.
    #[error("starts with a byte order mark")]
    ByteOrderMark,
    /// Not UTF-8.
    #[error("not in UTF-8: byte {0} fits no character")]
    Encoding(usize),
    /// Nested over the bound.
    #[error("nested deeper than {0}")]
    TooDeep(usize),
    /// The names on the way to a value are longer together than any that FHIR or THL defines.
    #[error("the member names on the way to a value are longer than {LONGEST_WAY} bytes")]
    NamesTooLong,
    /// A member stands twice in one object.
    #[error("member \"{0}\" stands twice in one object")]
    Duplicate(String),
    /// Not of the grammar, or a number out of range.
    #[error("{0}")]
    Syntax(String),
}

/// The JSON text in `bytes`, which is `part` of an exchange.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn parse(bytes: &[u8], part: Part, limits: JsonLimits) -> Result<Located, JsonError> {
    let fail = |fault, offset| JsonError { fault, spot: Location::at(part, "", offset) };
    if bytes.len() > limits.bytes {
        return Err(fail(JsonFault::TooLong { bytes: bytes.len(), most: limits.bytes }, limits.bytes));
    }
    let marks: [&[u8]; 3] = [b"\xEF\xBB\xBF", b"\xFE\xFF", b"\xFF\xFE"];
    if marks.iter().any(|mark| bytes.starts_with(mark)) {
        return Err(fail(JsonFault::ByteOrderMark, 0));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| fail(JsonFault::Encoding(error.valid_up_to()), error.valid_up_to()))?;
    let depth = limits.depth.min(DEEPEST);
    if let Some(offset) = deeper_than(text, depth) {
        return Err(fail(JsonFault::TooDeep(depth), offset));
    }
    let value = read(text, part)?;
    Ok(Located { text: text.to_owned(), value, part })
}

/// Offset of the first bracket that opens more than `most` levels.
fn deeper_than(text: &str, most: usize) -> Option<usize> {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => depth += 1,
            b']' | b'}' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > most {
            return Some(offset);
        }
    }
    None
}

fn read(text: &str, part: Part) -> Result<Value, JsonError> {
    let trace = RefCell::new(Trace::default());
    let mut reader = serde_json::Deserializer::from_str(text);
    let result =
        MemberSeed { trace: &trace, way: 0 }.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    result.map_err(|error| {
        let Trace { steps, fault } = trace.into_inner();
        let pointer = steps.iter().rev().fold(String::new(), |pointer, step| pointer_to(&pointer, step));
        let fault = fault.unwrap_or_else(|| JsonFault::Syntax(error.to_string()));
        JsonError { fault, spot: Location::at(part, pointer, offset_in(text, &error)) }
    })
}

fn offset_in(text: &str, error: &serde_json::Error) -> usize {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let start: usize = lines.map(str::len).sum();
    (start + error.column().saturating_sub(1)).min(text.len())
}

/// The way from a mistake up to the root, and the mistake where serde_json does not know it as one.
#[derive(Default)]
struct Trace {
    steps: Vec<String>,
    fault: Option<JsonFault>,
}

#[derive(Clone, Copy)]
struct MemberSeed<'a> {
    trace: &'a RefCell<Trace>,
    way: usize,
}

impl MemberSeed<'_> {
    fn note<T, E>(self, result: Result<T, E>, step: impl fmt::Display) -> Result<T, E> {
        result.inspect_err(|_| self.trace.borrow_mut().steps.push(step.to_string()))
    }

    fn refuse<E: serde::de::Error>(self, fault: JsonFault) -> E {
        let error = E::custom(&fault);
        self.trace.borrow_mut().fault = Some(fault);
        error
    }

    fn below(self, name: &str) -> Self {
        Self { way: self.way + name.len() + 1, ..self }
    }
}

impl<'de> DeserializeSeed<'de> for MemberSeed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for MemberSeed<'_> {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = self.note(access.next_element_seed(self), list.len())? {
            list.push(value);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = access.next_key::<String>()? {
            let below = self.below(&name);
            match object.entry(name) {
                _ if below.way > LONGEST_WAY => return Err(self.refuse(JsonFault::NamesTooLong)),
                Entry::Vacant(free) => {
                    let value = self.note(access.next_value_seed(below), free.key())?;
                    free.insert(value);
                }
                Entry::Occupied(taken) => {
                    let name = taken.key();
                    return self.note(Err(self.refuse(JsonFault::Duplicate(name.clone()))), name);
                }
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{JsonFault, JsonLimits, parse};
    use crate::wire::Part;

    const LIMITS: JsonLimits = JsonLimits { bytes: 4096, depth: 8 };

    fn fault(bytes: &[u8]) -> (JsonFault, String, usize) {
        let error = parse(bytes, Part::Bundle, LIMITS).expect_err("refused");
        (error.fault, error.spot.path.into_owned(), error.spot.offset.expect("offset"))
    }

    #[test]
    fn a_doubled_member_is_named_with_its_place() {
        let text = "{\"a\": [{}, {\"b/c\": 1, \"d\": 2, \"b\\/c\": 3}]}";
        let second = text.find("\\/").expect("second");
        let (fault, pointer, offset) = fault(text.as_bytes());
        assert_eq!((fault, pointer.as_str()), (JsonFault::Duplicate("b/c".to_owned()), "/a/1/b~1c"));
        assert!((second..second + 6).contains(&offset), "{offset}");
    }

    #[test]
    fn encodings_and_bounds_are_named() {
        assert_eq!(fault(b"\xEF\xBB\xBF{}").0, JsonFault::ByteOrderMark);
        assert_eq!(fault(b"\xFF\xFE{\0}\0").0, JsonFault::ByteOrderMark);
        assert_eq!(fault(b"{\"a\":\"\xE4\"}"), (JsonFault::Encoding(6), String::new(), 6));
        assert_eq!(fault(&vec![b' '; 5000]).0, JsonFault::TooLong { bytes: 5000, most: 4096 });
        assert_eq!(fault("[".repeat(4000).as_bytes()), (JsonFault::TooDeep(8), String::new(), 8));
        let inside = format!("[\"{}\\\"{}\"]", "[".repeat(50), "{".repeat(50));
        assert!(parse(inside.as_bytes(), Part::Json, LIMITS).is_ok());
    }

    #[test]
    fn long_ways_are_refused() {
        let limits = JsonLimits { bytes: 8192, depth: 8 };
        let nested = |length: usize| format!("{{\"{0}\":{{\"{0}\":1}}}}", "n".repeat(length));
        assert!(parse(nested(1023).as_bytes(), Part::Json, limits).is_ok());
        let error = parse(nested(1024).as_bytes(), Part::Json, limits).expect_err("refused");
        assert_eq!((error.fault, error.spot.path.len()), (JsonFault::NamesTooLong, 1025));
    }

    #[test]
    fn a_slip_of_the_grammar_has_its_pointer_and_offset() {
        let (fault, pointer, offset) = fault(b"{\n \"a\": [1,\n 2, x]}");
        assert!(matches!(fault, JsonFault::Syntax(_)));
        assert_eq!((pointer.as_str(), offset), ("/a/2", 16));
        assert!(matches!(super::parse(b"{} {}", Part::Json, LIMITS), Err(error) if error.spot.offset == Some(3)));
    }

    #[test]
    fn what_is_read_keeps_value_and_order() {
        let text = r#"{"z":[true,null,-1,1.5,"ä\n"],"a":{"b":18446744073709551615}}"#;
        let located = parse(text.as_bytes(), Part::Json, LIMITS).expect("read");
        assert_eq!(located.value, json!({"z": [true, null, -1, 1.5, "ä\n"], "a": {"b": u64::MAX}}));
        assert_eq!(located.value.to_string(), text);
        assert_eq!(located.spot("/a/b").offset, text.find("1844"));
        assert_eq!(located.spot("/a/x/y").offset, text.find("{\"b\""));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..80)) {
            let _ = parse(&bytes, Part::Json, LIMITS);
        }

        #[test]
        fn agrees_with_serde_json(text in "[\\[\\]{}:,\"ab0-9.eE+\\\\ truefalsn-]{0,24}") {
            if let Ok(located) = parse(text.as_bytes(), Part::Json, LIMITS) {
                proptest::prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&text).ok(), Some(located.value));
            }
        }
    }
}
