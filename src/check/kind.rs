//! What a file is, by its first bytes.

use std::path::Path;

use super::files::CheckError;
use super::utf16;
use crate::files::read_start;
use crate::wire::json::JsonShape;
use crate::wire::use_log::LogForm;

/// How much of a file is looked at.
const START: u64 = 64 * 1024;
/// Types of Bundles by which notices are sent.
const STORING: [&str; 2] = ["transaction", "batch"];

/// What a file is.
#[derive(Debug, Clone)]
pub(super) enum FileKind {
    /// A message to the archive, or a document.
    Message,
    /// A Bundle of disclosure notices.
    Notice,
    /// A use log of this form.
    UseLog(LogForm),
}

/// The form of the use log at `path`.
///
/// # Errors
/// When it cannot be read, or is none.
pub(crate) fn log_form(path: &Path) -> Result<LogForm, CheckError> {
    match kind_of(path)? {
        FileKind::UseLog(form) => Ok(form),
        FileKind::Message | FileKind::Notice => Err(CheckError::NoLog(path.to_owned())),
    }
}

/// What the file at `path` is. What is no JSON counts as a message.
pub(super) fn kind_of(path: &Path) -> Result<FileKind, CheckError> {
    let start = read_start(path, START)?;
    let text = utf16::decoded(&start).unwrap_or_else(|| String::from_utf8_lossy(&start).into_owned());
    Ok(of_text(text.trim_start_matches('\u{feff}').trim_start()))
}

fn of_text(text: &str) -> FileKind {
    let members = members(text);
    let get = |name: &str| members.iter().find(|(own, _)| *own == name).map(|(_, value)| *value);
    match (text.bytes().next(), get("resourceType")) {
        (Some(b'['), _) => FileKind::UseLog(LogForm::Canonical(JsonShape::Array)),
        (Some(b'{'), Some("AuditEvent")) => FileKind::UseLog(LogForm::AuditEvents(JsonShape::Lines)),
        (Some(b'{'), Some("Bundle")) if get("type").is_some_and(|kind| !STORING.contains(&kind)) => {
            FileKind::UseLog(LogForm::AuditEvents(JsonShape::Member("entry")))
        }
        (Some(b'{'), Some(_)) => FileKind::Notice,
        (Some(b'{'), None) if get("entries").is_some() => {
            FileKind::UseLog(LogForm::Canonical(JsonShape::Member("entries")))
        }
        (Some(b'{'), None) => FileKind::UseLog(LogForm::Canonical(JsonShape::Lines)),
        _ => FileKind::Message,
    }
}

/// Members of the first object in `text`, as far as it goes: name, and the value where it is a text.
fn members(text: &str) -> Vec<(&str, &str)> {
    let (mut members, mut depth, mut start, mut escaped, mut last) = (Vec::new(), 0_usize, None, false, "");
    for (at, byte) in text.bytes().enumerate() {
        match (byte, start) {
            _ if escaped => escaped = false,
            (b'\\', Some(_)) => escaped = true,
            (b'"', None) => start = Some(at + 1),
            (b'"', Some(from)) => (last, start) = (&text[from..at], None),
            (b':', None) if depth == 1 => members.push((std::mem::take(&mut last), "")),
            (b',', None) if depth == 1 => close(&mut members, last),
            (b'{' | b'[', None) => depth += 1,
            (b'}' | b']', None) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    close(&mut members, last);
    members
}

/// Gives the last member its value.
fn close<'t>(members: &mut [(&'t str, &'t str)], value: &'t str) {
    if let Some((_, last)) = members.last_mut() {
        *last = value;
    }
}

#[cfg(test)]
mod tests {
    use super::of_text;

    #[test]
    fn files_are_told_apart_by_how_they_begin() {
        let table = [
            ("<a/>", "Message"),
            ("", "Message"),
            ("[{}]", "UseLog(Canonical(Array))"),
            ("{\"entries\": [", "UseLog(Canonical(Member(\"entries\")))"),
            ("{\"a\":{\"entries\":[]}}\n{", "UseLog(Canonical(Lines))"),
            ("{\"a\":\"\\\"entries\\\":\"", "UseLog(Canonical(Lines))"),
            ("{}\n{\"resourceType\":1}", "UseLog(Canonical(Lines))"),
            ("{\"resourceType\":\"Bundle\"", "Notice"),
            ("{\"resourceType\":\"Bundle\",\"type\":\"transaction\"", "Notice"),
            (
                "{\"resourceType\": \"Bundle\", \"type\" : \"searchset\", \"entry\": [{\"type\": \"transaction\"",
                "UseLog(AuditEvents(Member(\"entry\")))",
            ),
            ("{\"resourceType\":\"AuditEvent\"}", "UseLog(AuditEvents(Lines))"),
        ];
        for (text, expected) in table {
            assert_eq!(format!("{:?}", of_text(text)), expected, "{text}");
        }
    }
}
