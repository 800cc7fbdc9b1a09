//! Every text of a file that can be found without drawing it, for those who search it.

use super::file::PdfFile;
use super::token::{PdfToken, Tokens};

/// What a file says in strings and in deflated streams: the strings with their escapes undone and without
/// zeros, so that UTF-16 reads as ASCII, one a line; the streams as they are when inflated. What inflates beyond the
/// bound is left out, and so is the rest of a file with too many streams. What stands open is not repeated.
pub(crate) fn texts(bytes: &[u8]) -> Vec<Vec<u8>> {
    let Ok(file) = PdfFile::cut(bytes) else { return vec![strings(bytes)] };
    let mut texts: Vec<Vec<u8>> = file.outside().map(strings).collect();
    for stream in &file.streams {
        match file.inflated(stream) {
            Ok(Some(text)) => texts.extend([strings(&text), text]),
            Ok(None) => texts.push(strings(stream.data)),
            Err(_) => {}
        }
    }
    texts.retain(|text| !text.is_empty());
    texts
}

fn strings(text: &[u8]) -> Vec<u8> {
    let mut joined = Vec::new();
    for token in Tokens::of(text) {
        if let PdfToken::Text(text) = token {
            joined.extend(text.into_iter().filter(|byte| *byte != 0));
            joined.push(b'\n');
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::super::facts::tests::{file, packet};
    use super::texts;

    #[test]
    fn texts_are_found_however_they_are_written() {
        let needle = b"010181-900C";
        let wide: String = needle.iter().map(|byte| format!("00{byte:02X}")).collect();
        let octal: String = needle.iter().map(|byte| format!("\\{byte:03o}")).collect();
        let deflated = miniz_oxide::deflate::compress_to_vec_zlib(needle, 6);
        let mut streamed = b"%PDF-1.4 1 0 obj << /Filter /FlateDecode >>\nstream\n".to_vec();
        streamed.extend(deflated);
        streamed.extend(b"\nendstream");
        let written = [format!("<FEFF{wide}>"), format!("({octal})"), "(010181-\\\n900C)".to_owned()];
        let files = written.map(|text| file(&format!("/Title {text}"), &packet("")));
        for bytes in files.into_iter().chain([streamed]) {
            assert!(texts(&bytes).iter().any(|text| memchr::memmem::find(text, needle).is_some()));
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>) {
            let _ = texts(&bytes);
        }
    }
}
