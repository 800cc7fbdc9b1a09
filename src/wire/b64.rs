//! Base64 as XML carries it: white space anywhere, otherwise strict.

use base64::engine::general_purpose::STANDARD;
use base64::{DecodeError, Engine};

use crate::words::{Said, said};

/// The bytes that `text` stands for.
pub(crate) fn decode(text: &str) -> Result<Vec<u8>, DecodeError> {
    STANDARD.decode(text).or_else(|_| STANDARD.decode(without_space(text)))
}

/// `bytes` on one line.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// What is wrong with Base64, to be told in any language. The decoder itself says it in English.
pub(crate) fn said_of(error: &DecodeError) -> Said {
    match *error {
        DecodeError::InvalidByte(offset, byte) => said::invalid_symbol_offset(byte, offset),
        DecodeError::InvalidLastSymbol { offset, symbol, symbol_value } => said::invalid_last_symbol_offset(
            format!("{symbol:#4x} ('{}')", char::from(symbol)),
            offset,
            format!("{symbol_value:#010b}"),
        ),
        DecodeError::InvalidLength(length) => said::invalid_input_length(length),
        DecodeError::InvalidPadding => said::invalid_padding(),
    }
}

fn without_space(text: &str) -> Vec<u8> {
    text.bytes().filter(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).collect()
}

#[cfg(test)]
mod tests {
    use super::{decode, said_of};

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

    #[test]
    fn what_is_wrong_is_told_as_the_decoder_says_it() {
        for text in ["*AAA", "AAAAA", "AAB=", "AA", "AA=A"] {
            let error = decode(text).expect_err(text);
            assert_eq!(said_of(&error).to_string(), error.to_string(), "{text}");
        }
    }
}
