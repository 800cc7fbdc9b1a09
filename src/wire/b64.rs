//! Base64 as XML carries it: white space anywhere, otherwise strict.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The bytes that `text` stands for.
pub(crate) fn decode(text: &str) -> Result<Vec<u8>, base64::DecodeError> {
    STANDARD.decode(text).or_else(|_| STANDARD.decode(without_space(text)))
}

/// `bytes` on one line.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn without_space(text: &str) -> Vec<u8> {
    text.bytes().filter(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).collect()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn white_space_is_no_part_of_it() {
        assert_eq!(decode("\r\n  YWJj\n\tZA==\n").as_deref(), Ok(b"abcd".as_slice()));
        assert_eq!(decode("").as_deref(), Ok(b"".as_slice()));
    }

    #[test]
    fn all_else_is_strict() {
        for broken in ["YWJ", "YWJj ZA", "YW*j", "YWJj====", "YWJj\u{A0}"] {
            assert!(decode(broken).is_err(), "{broken}");
        }
    }
}
