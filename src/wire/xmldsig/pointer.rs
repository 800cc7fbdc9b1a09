//! The `URI` of a reference: what of the same document it points to.

/// What a same-document reference points to (XML Signature 1.1, 4.4.3.2 and 4.4.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pointer<'u> {
    /// The identifier; `None` for the whole document.
    pub id: Option<&'u str>,
    /// Whether the comments belong to it: they do where XPointer says so, and never with a bare name.
    pub comments: bool,
}

impl<'u> Pointer<'u> {
    /// The pointer in `uri`; `None` where it points outside the document, or in another way.
    pub fn read(uri: &'u str) -> Option<Self> {
        let fragment = match uri {
            "" => return Some(Self { id: None, comments: false }),
            _ => uri.strip_prefix('#')?,
        };
        if fragment == "xpointer(/)" {
            return Some(Self { id: None, comments: true });
        }
        let Some(call) = fragment.strip_prefix("xpointer(id(") else {
            let is_name = !fragment.is_empty() && !fragment.contains('(');
            return is_name.then_some(Self { id: Some(fragment), comments: false });
        };
        let quoted = call.strip_suffix("))")?;
        let id = ['\'', '"'].into_iter().find_map(|quote| quoted.strip_prefix(quote)?.strip_suffix(quote))?;
        (!id.is_empty()).then_some(Self { id: Some(id), comments: true })
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn each_way_of_pointing_is_told_apart() {
        let read = |uri| Pointer::read(uri).map(|pointer| (pointer.id, pointer.comments));
        assert_eq!(read(""), Some((None, false)));
        assert_eq!(read("#xpointer(/)"), Some((None, true)));
        assert_eq!(read("#OID1.2"), Some((Some("OID1.2"), false)));
        assert_eq!(read("#xpointer(id('OID1.2'))"), Some((Some("OID1.2"), true)));
        assert_eq!(read("#xpointer(id(\"a\"))"), Some((Some("a"), true)));
        for other in ["#", "a.xml", "#xpointer(id(''))", "#xpointer(id('a)", "#xpointer(//a)", "cid:a"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
