//! What a file is, by its first bytes.

use std::path::Path;

use super::files::CheckError;
use super::utf16;
use crate::cli::files::read_start;
use crate::wire::json::Shape;

/// How much of a file is looked at.
const START: u64 = 64 * 1024;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A message to the archive, or a document.
    Message,
    /// A Bundle of disclosure notices.
    Notice,
    /// A use log whose entries stand so.
    UseLog(Shape),
}

/// What the file at `path` is. What is no JSON counts as a message.
pub(super) fn of(path: &Path) -> Result<Kind, CheckError> {
    let start = read_start(path, START)?;
    let text = utf16::decoded(&start).unwrap_or_else(|| String::from_utf8_lossy(&start).into_owned());
    Ok(of_text(text.trim_start_matches('\u{feff}').trim_start()))
}

fn of_text(text: &str) -> Kind {
    let names = names(text);
    let has = |name: &str| names.contains(&name);
    match text.bytes().next() {
        Some(b'[') => Kind::UseLog(Shape::Array),
        Some(b'{') if has("resourceType") => Kind::Notice,
        Some(b'{') if has("entries") => Kind::UseLog(Shape::Member("entries")),
        Some(b'{') => Kind::UseLog(Shape::Lines),
        _ => Kind::Message,
    }
}

/// Names of the members of the first object in `text`, as far as it goes.
fn names(text: &str) -> Vec<&str> {
    let (mut names, mut depth, mut start, mut escaped, mut last) = (Vec::new(), 0_usize, None, false, "");
    for (at, byte) in text.bytes().enumerate() {
        match (byte, start) {
            _ if escaped => escaped = false,
            (b'\\', Some(_)) => escaped = true,
            (b'"', None) => start = Some(at + 1),
            (b'"', Some(from)) => (last, start) = (&text[from..at], None),
            (b':', None) if depth == 1 => names.push(last),
            (b'{' | b'[', None) => depth += 1,
            (b'}' | b']', None) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{Kind, of_text};
    use crate::wire::json::Shape;

    #[test]
    fn files_are_told_apart_by_how_they_begin() {
        let table = [
            ("<a/>", Kind::Message),
            ("", Kind::Message),
            ("[{}]", Kind::UseLog(Shape::Array)),
            ("{\"entries\": [", Kind::UseLog(Shape::Member("entries"))),
            ("{\"a\":{\"entries\":[]}}\n{", Kind::UseLog(Shape::Lines)),
            ("{\"a\":\"\\\"entries\\\":\"", Kind::UseLog(Shape::Lines)),
            ("{}\n{\"resourceType\":1}", Kind::UseLog(Shape::Lines)),
            ("{\"resourceType\":\"Bundle\"", Kind::Notice),
        ];
        for (text, expected) in table {
            assert_eq!(of_text(text), expected, "{text}");
        }
    }
}
