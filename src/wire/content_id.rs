//! How a part of a MIME package is referred to: `cid:` and its content id (RFC 2392).

const SCHEME: &str = "cid:";

/// The content id that `reference` names, its percent signs undone; `None` where it is no such reference.
pub fn referred_content_id(reference: &str) -> Option<String> {
    let (scheme, id) = reference.split_at_checked(SCHEME.len())?;
    scheme.eq_ignore_ascii_case(SCHEME).then(|| percent_decoded(id))
}

/// What is not encoded right stands as it is written.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|digits| *first == b'%' && digits.iter().all(u8::is_ascii_hexdigit));
        let number = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        match number.and_then(|number| u8::from_str_radix(number, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::referred_content_id;

    #[test]
    fn references_are_read_as_addresses() {
        let read = |text| referred_content_id(text);
        assert_eq!(read("cid:a%40b").as_deref(), Some("a@b"));
        assert_eq!(read("CID:a@b").as_deref(), Some("a@b"));
        assert_eq!(read("cid:%C3%A4%2").as_deref(), Some("ä%2"));
        assert_eq!(read("cid:%ff").as_deref(), Some("%ff"));
        assert_eq!(read("mid:a"), None);
        assert_eq!(read("ci"), None);
    }
}
