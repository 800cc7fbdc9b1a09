//! The digest by which the same message or document is known again.

use ring::digest::SHA256;

/// SHA-256 of `bytes` in hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digest = ring::digest::digest(&SHA256, bytes);
    let digits = |byte: &u8| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]];
    digest.as_ref().iter().flat_map(digits).map(char::from).collect()
}
