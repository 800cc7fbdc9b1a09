//! Where to break the lines of an XML or JSON text that came in few long lines.

/// A text with a longer line than this gets line breaks.
const LONGEST_LINE: usize = 160;
const DEEPEST: usize = 24;

/// Byte offsets at which a reader wants a new line, with the depth there. None where the lines are
/// short, or where the text is neither XML nor JSON.
pub fn line_breaks(text: &str) -> Vec<(usize, usize)> {
    if text.lines().all(|line| line.len() <= LONGEST_LINE) {
        return Vec::new();
    }
    match text.trim_start().as_bytes().first() {
        Some(b'<') => xml_breaks(text.as_bytes()),
        Some(b'{' | b'[') => json_breaks(text.as_bytes()),
        _ => Vec::new(),
    }
}

/// Before each tag that follows another tag at once.
fn xml_breaks(text: &[u8]) -> Vec<(usize, usize)> {
    let mut breaks = Vec::new();
    let mut depth = 0_usize;
    for (at, byte) in text.iter().enumerate() {
        match (byte, text.get(at + 1)) {
            (b'<', Some(b'/')) => depth = depth.saturating_sub(1),
            (b'>', _) if at > 0 && matches!(text[at - 1], b'/' | b'?') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if *byte == b'<' {
            if at > 0 && text[at - 1] == b'>' {
                breaks.push((at, depth.min(DEEPEST)));
            }
            depth += usize::from(text.get(at + 1) != Some(&b'/'));
        }
    }
    breaks
}

/// After each bracket that opens and each comma, and before each bracket that closes.
fn json_breaks(text: &[u8]) -> Vec<(usize, usize)> {
    let mut breaks = Vec::new();
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.iter().enumerate() {
        let next = text.get(at + 1).copied().unwrap_or(b'\n');
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => {
                depth += 1;
                if !matches!(next, b'}' | b']' | b'\n' | b'\r') {
                    breaks.push((at + 1, depth.min(DEEPEST)));
                }
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if at > 0 && !matches!(text[at - 1], b'{' | b'[' | b'\n') {
                    breaks.push((at, depth.min(DEEPEST)));
                }
            }
            b',' if !matches!(next, b'\n' | b'\r') => breaks.push((at + 1, depth.min(DEEPEST))),
            _ => {}
        }
    }
    breaks
}

#[cfg(test)]
mod tests {
    use super::{json_breaks, line_breaks, xml_breaks};

    fn broken(text: &str, breaks: &[(usize, usize)]) -> String {
        let mut shown = String::new();
        let mut from = 0;
        for (at, depth) in breaks {
            shown += &format!("{}\n{}", &text[from..*at], ". ".repeat(*depth));
            from = *at;
        }
        shown + &text[from..]
    }

    #[test]
    fn xml_is_broken_between_tags() {
        let text = "<?xml version=\"1.0\"?><a><b c=\"/\"/><d>e</d><f></f></a>";
        let lines = broken(text, &xml_breaks(text.as_bytes()));
        assert_eq!(lines, "<?xml version=\"1.0\"?>\n<a>\n. <b c=\"/\"/>\n. <d>e</d>\n. <f>\n. </f>\n</a>");
    }

    #[test]
    fn json_is_broken_outside_of_strings() {
        let text = r#"{"a":[1,2],"b":"{,\"[","c":{}}"#;
        let lines = broken(text, &json_breaks(text.as_bytes()));
        assert_eq!(lines, "{\n. \"a\":[\n. . 1,\n. . 2\n. ],\n. \"b\":\"{,\\\"[\",\n. \"c\":{}\n}");
    }

    #[test]
    fn short_lines_stay_as_they_are() {
        assert_eq!(line_breaks("<a><b/></a>"), []);
        assert_eq!(line_breaks(&"word ".repeat(100)), []);
    }
}
