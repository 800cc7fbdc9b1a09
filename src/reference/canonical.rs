//! Canonical JSON (RFC 8785) of values whose numbers are integers, as all of ours are.

use std::fmt::Write as _;

use serde_json::Value;

/// The canonical text: members in the order of their UTF-16 code units, no white space.
pub fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::String(text) => string(text, out),
        Value::Array(items) => list(out, ('[', ']'), items, write),
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
            list(out, ('{', '}'), members, |(name, value), out| {
                string(name, out);
                out.push(':');
                write(value, out);
            });
        }
    }
}

fn list<T>(
    out: &mut String,
    (open, close): (char, char),
    items: impl IntoIterator<Item = T>,
    each: impl Fn(T, &mut String),
) {
    out.push(open);
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        each(item, out);
    }
    out.push(close);
}

fn string(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            low if low < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(low));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::canonical;

    #[test]
    fn members_are_ordered_by_utf16_and_texts_escaped_as_little_as_possible() {
        let value = json!({"\u{fb33}": 1, "\u{1f600}": [true, null, -3], "b": "\u{1}/\"\\\u{8}\té", "a": {}});
        let expected = "{\"a\":{},\"b\":\"\\u0001/\\\"\\\\\\b\\té\",\"\u{1f600}\":[true,null,-3],\"\u{fb33}\":1}";
        assert_eq!(canonical(&value), expected);
    }

    proptest::proptest! {
        #[test]
        fn agrees_with_another_implementation(text in "\\PC{0,12}", name in "\\PC{0,4}", number in 0_i64..1_000_000) {
            let value = json!({name: [text, {"b": number, "a": -number}]});
            let other = serde_jcs::to_string(&value).expect("canonical");
            proptest::prop_assert_eq!(canonical(&value), other);
        }
    }
}
