//! Plain text from text that writes its characters in another way: UTF-16 or UTF-32, XML character
//! references, JSON escapes, percent signs of URLs. Only ASCII characters are of interest, since identity codes
//! have no others.

use std::borrow::Cow;

/// `bytes` without zeros: ASCII text of UTF-16 or UTF-32, of either byte order. `None` where there are none.
pub(super) fn narrow(bytes: &[u8]) -> Option<Vec<u8>> {
    memchr::memchr(0, bytes).map(|_| bytes.iter().copied().filter(|byte| *byte != 0).collect())
}

/// `bytes` with the ASCII characters that `&#45;`, `&#x2D;`, `\u002d` and `%2D` stand for; borrowed where no
/// character is written so.
pub(super) fn unescape(bytes: &[u8]) -> Cow<'_, [u8]> {
    let (mut plain, mut done, mut from) = (Vec::new(), 0, 0);
    while let Some(at) = memchr::memchr3(b'&', b'\\', b'%', &bytes[from..]).map(|found| from + found) {
        from = at + 1;
        if let Some((character, length)) = escaped(&bytes[at..]) {
            plain.extend_from_slice(&bytes[done..at]);
            plain.push(character);
            done = at + length;
            from = done;
        }
    }
    if done == 0 {
        return Cow::Borrowed(bytes);
    }
    plain.extend_from_slice(&bytes[done..]);
    Cow::Owned(plain)
}

/// `bytes` with the escapes of quoted-printable undone, where a header among them says that there are some.
pub(super) fn quoted(bytes: &[u8]) -> Option<Vec<u8>> {
    let says = |word: &[u8]| memchr::memmem::find(bytes, word).is_some();
    if !says(b"rintable") && !says(b"RINTABLE") {
        return None;
    }
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        let (byte, length) = match (first, after) {
            (b'=', [b'\r', b'\n', ..]) => (None, 3),
            (b'=', [b'\n', ..]) => (None, 2),
            (b'=', [high, low, ..]) => match number(&[*high, *low], 16) {
                Some(byte) => (Some(byte), 3),
                None => (Some(b'='), 1),
            },
            _ => (Some(*first), 1),
        };
        plain.extend(byte);
        rest = &rest[length..];
    }
    Some(plain)
}

/// The character that is written at the start of `text`, and how many bytes that takes.
fn escaped(text: &[u8]) -> Option<(u8, usize)> {
    if let Some(digits) = text.strip_prefix(b"\\u00") {
        return Some((number(digits.get(..2)?, 16)?, 6));
    }
    if let Some(digits) = text.strip_prefix(b"%") {
        return Some((number(digits.get(..2)?, 16)?, 3));
    }
    let digits = text.strip_prefix(b"&#")?;
    let end = digits.iter().take_while(|byte| byte.is_ascii_hexdigit() || **byte == b'x').count();
    let (digits, _) = digits.split_at_checked(end).filter(|(_, after)| after.starts_with(b";"))?;
    let value = match digits.strip_prefix(b"x") {
        Some(hexadecimal) => number(hexadecimal, 16)?,
        None => number(digits, 10)?,
    };
    Some((value, end + 3))
}

fn number(digits: &[u8], radix: u32) -> Option<u8> {
    let value = u8::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()?;
    value.is_ascii().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::{narrow, unescape};

    #[test]
    fn each_way_of_writing_is_read() {
        for written in [
            "a&#45;b",
            "a&#x2D;b",
            "a&#x2d;b",
            "a&#0045;b",
            "a&#00000000000045;b",
            "a\\u002db",
            "a%2Db",
            "a%2db",
            "a-b",
        ] {
            assert_eq!(unescape(written.as_bytes()), b"a-b".as_slice(), "{written}");
        }
        for other in ["a&#228;b", "a&#b", "a&#;b", "a\\u20acb", "a\\u0", "&#", "a%", "a%2", "a%G0", "a%C3%A4"] {
            assert_eq!(unescape(other.as_bytes()), other.as_bytes());
        }
    }

    #[test]
    fn wide_text_becomes_narrow() {
        assert_eq!(narrow(b"\xFF\xFEa\0b\0"), Some(b"\xFF\xFEab".to_vec()));
        assert_eq!(narrow(b"ab"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(text in "(&#|%|x|;|\\\\u|[0-9]|ä|a){0,30}") {
            proptest::prop_assert!(unescape(text.as_bytes()).len() <= text.len());
        }
    }
}
