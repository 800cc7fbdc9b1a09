//! Visits every value below one, and names them.

use std::fmt::{self, Write as _};

use serde_json::Value;

/// The pointer of member `name`, or of an element by its number, below `pointer`.
pub fn pointer_to(pointer: &str, name: impl fmt::Display) -> String {
    let mut longer = pointer.to_owned();
    push(&mut longer, name);
    longer
}

/// What stands at `pointer` (RFC 6901) from `value` on. Unlike the library's own it copies no step, where none is
/// escaped.
pub fn at<'a>(value: &'a Value, pointer: &str) -> Option<&'a Value> {
    if pointer.is_empty() || pointer.contains('~') {
        return value.pointer(pointer);
    }
    pointer.strip_prefix('/')?.split('/').try_fold(value, |value, step| match value {
        Value::Object(members) => members.get(step),
        Value::Array(list) => list.get(index(step)?),
        _ => None,
    })
}

/// The number of an element: digits without a needless zero before them.
fn index(step: &str) -> Option<usize> {
    let is_plain = step.bytes().all(|byte| byte.is_ascii_digit()) && (step.len() == 1 || !step.starts_with('0'));
    if is_plain { step.parse().ok() } else { None }
}

/// Calls `visit` with `value` and every value below it, each with its pointer from `value`, in order.
pub fn walk<'a>(value: &'a Value, visit: &mut dyn FnMut(&str, &'a Value)) {
    step(value, &mut String::new(), visit);
}

/// The pointer is one buffer that grows and shrinks, so that no value costs a copy of it.
fn step<'a>(value: &'a Value, pointer: &mut String, visit: &mut dyn FnMut(&str, &'a Value)) {
    visit(pointer, value);
    let length = pointer.len();
    match value {
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                push(pointer, index);
                step(value, pointer, visit);
                pointer.truncate(length);
            }
        }
        Value::Object(object) => {
            for (name, value) in object {
                push(pointer, name);
                step(value, pointer, visit);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

/// Writes the step to member `name`, or to an element by its number, to the end of `pointer`.
pub(super) fn push(pointer: &mut String, name: impl fmt::Display) {
    pointer.push('/');
    let start = pointer.len();
    // Writing to a String cannot fail.
    let _ = write!(pointer, "{name}");
    if pointer[start..].contains(['~', '/']) {
        let escaped = pointer[start..].replace('~', "~0").replace('/', "~1");
        pointer.truncate(start);
        pointer.push_str(&escaped);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{at, walk};

    #[test]
    fn every_value_is_visited_in_order_with_its_pointer() {
        let value = json!({"b": [1, {"a/~": null}], "a": "x", "": {"": 2}});
        let mut seen = Vec::new();
        walk(&value, &mut |pointer, visited| {
            assert_eq!((value.pointer(pointer), at(&value, pointer)), (Some(visited), Some(visited)));
            seen.push(pointer.to_owned());
        });
        assert_eq!(seen, ["", "/b", "/b/0", "/b/1", "/b/1/a~1~0", "/a", "/", "//"]);
        for none in ["b", "/c", "/b/2", "/b/00", "/b/+1", "/b/-", "/b/", "/a/0", "/b/99999999999999999999"] {
            assert_eq!((value.pointer(none), at(&value, none)), (None, None), "{none}");
        }
    }
}
