//! Byte offsets of values that are known by JSON pointer. Only a finding needs them, so they are
//! looked up afterwards, all in one pass over the text.

use std::collections::{BTreeMap, BTreeSet};

use super::walk::push;

/// Byte offset of the value at `pointer`; where nothing stands there, of the innermost value on the
/// way to it. `None` only when `text` is empty. `text` is JSON that [`super::parse`] has accepted.
pub fn offset_of(text: &str, pointer: &str) -> Option<usize> {
    offsets_of(text, [pointer]).remove(pointer)
}

/// The same of several pointers, in one pass.
pub fn offsets_of<'a>(text: &str, pointers: impl IntoIterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let pointers: BTreeSet<&str> = pointers.into_iter().collect();
    let wanted = pointers.iter().flat_map(|pointer| ways(pointer)).collect();
    let mut walk = Walk { text, at: 0, pointer: String::new(), wanted, found: BTreeMap::new() };
    walk.value();
    let nearest = |pointer: &str| ways(pointer).rev().find_map(|way| walk.found.get(way).copied());
    pointers.iter().filter_map(|pointer| Some((*pointer, nearest(pointer)?))).collect()
}

/// The root, every value on the way to `pointer`, and `pointer` itself.
fn ways(pointer: &str) -> impl DoubleEndedIterator<Item = &str> {
    let steps = pointer.match_indices('/').map(|(at, _)| &pointer[..at]);
    steps.chain([pointer])
}

struct Walk<'t, 'p> {
    text: &'t str,
    at: usize,
    pointer: String,
    wanted: BTreeSet<&'p str>,
    found: BTreeMap<&'p str, usize>,
}

impl Walk<'_, '_> {
    /// Reads the value that comes next, which stands at `self.pointer`; recurses only along the wanted
    /// ways.
    fn value(&mut self) {
        self.blank();
        let Some(wanted) = self.wanted.get(self.pointer.as_str()).copied().filter(|_| self.at < self.text.len()) else {
            return self.skip();
        };
        self.found.insert(wanted, self.at);
        match self.peek() {
            Some(b'{') if self.leads_on() => self.members(),
            Some(b'[') if self.leads_on() => self.elements(),
            _ => self.skip(),
        }
    }

    fn leads_on(&self) -> bool {
        let below = format!("{}/", self.pointer);
        self.wanted.range(below.as_str()..).next().is_some_and(|next| next.starts_with(&below))
    }

    fn members(&mut self) {
        self.at += 1;
        self.blank();
        while self.peek() == Some(b'"') {
            let start = self.at;
            self.skip();
            let name = serde_json::from_str::<String>(&self.text[start..self.at]).unwrap_or_default();
            self.blank();
            self.at += 1;
            self.below(name);
        }
        self.at += 1;
    }

    fn elements(&mut self) {
        self.at += 1;
        self.blank();
        let mut index = 0_usize;
        while self.peek().is_some_and(|byte| byte != b']') {
            self.below(index);
            index += 1;
        }
        self.at += 1;
    }

    fn below(&mut self, name: impl std::fmt::Display) {
        let length = self.pointer.len();
        push(&mut self.pointer, name);
        self.value();
        self.pointer.truncate(length);
        self.separator();
    }

    fn separator(&mut self) {
        self.blank();
        if self.peek() == Some(b',') {
            self.at += 1;
            self.blank();
        }
    }

    fn blank(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes one value without looking into it; always moves on unless the text is at its end.
    fn skip(&mut self) {
        let (mut depth, mut in_text, start) = (0_usize, false, self.at);
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' if in_text => self.at += 1,
                b'"' => in_text = !in_text,
                b'{' | b'[' if !in_text => depth += 1,
                b'}' | b']' | b',' | b':' if !in_text && depth == 0 && self.at > start => return,
                b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
            if depth == 0 && !in_text && matches!(byte, b'"' | b'}' | b']') {
                break;
            }
        }
        self.at = self.at.min(self.text.len());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{offset_of, offsets_of};
    use crate::wire::json::walk;

    const TEXT: &str = r#" { "a" : [ 1, {"b~/": "x\"y]" }, [], null ] , "ä\u0041" : {"c":true} }"#;

    #[test]
    fn values_are_found_by_pointer() {
        let cases = [
            ("", "{ \"a\""),
            ("/a", "[ 1"),
            ("/a/0", "1,"),
            ("/a/1", "{\"b"),
            ("/a/1/b~0~1", "\"x\\"),
            ("/a/3", "null"),
        ];
        for (pointer, start) in cases {
            assert_eq!(offset_of(TEXT, pointer), TEXT.find(start), "{pointer}");
        }
        assert_eq!(offset_of(TEXT, "/äA/c"), TEXT.find("true"));
        assert_eq!(offset_of(TEXT, "/a/2/5/x"), TEXT.find("[]"));
        assert_eq!(offset_of("", "/a"), None);
    }

    #[test]
    fn several_are_found_in_one_pass() {
        let found = offsets_of(TEXT, ["/äA", "/a/3", "/nowhere"]);
        let expected = [("/a/3", "null"), ("/nowhere", "{ "), ("/äA", "{\"c\"")];
        assert_eq!(
            found.into_iter().collect::<Vec<_>>(),
            expected.map(|(p, start)| (p, TEXT.find(start).expect("in")))
        );
    }

    fn any_json() -> impl proptest::strategy::Strategy<Value = Value> {
        use proptest::prelude::*;
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            "\\PC{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::btree_map("[a-c~/\"\\\\ä]{0,3}", inner, 0..4)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest::proptest! {
        #[test]
        fn every_value_starts_where_it_is_said_to(value in any_json(), pretty in proptest::bool::ANY) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let text = text.expect("written");
            let mut pointers = Vec::new();
            walk(&value, &mut |pointer, _| pointers.push(pointer.to_owned()));
            let offsets = offsets_of(&text, pointers.iter().map(String::as_str));
            for pointer in &pointers {
                let rest = &text[offsets[pointer.as_str()]..];
                let read = serde_json::Deserializer::from_str(rest).into_iter::<Value>().next().and_then(Result::ok);
                proptest::prop_assert_eq!(read.as_ref(), value.pointer(pointer), "{}", pointer);
            }
        }

        #[test]
        fn no_text_panics_or_hangs(text in "[\\[\\]{}:,\"ab0\\\\ ä]{0,24}", pointer in "(/[a0~]{0,2}){0,3}") {
            let _ = offset_of(&text, &pointer);
        }
    }
}
