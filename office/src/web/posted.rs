//! What came in a form or behind a question mark: names and values, and files.

/// Most values of one form.
const MOST: usize = 2000;

/// Names and values in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

/// A file that came with a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedFile {
    /// Name of its field.
    pub field: String,
    /// Its own name, as it was given.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Posted {
    /// Its values.
    pub fields: Fields,
    /// Its files.
    pub files: Vec<PostedFile>,
}

impl Fields {
    /// Reads `application/x-www-form-urlencoded`; none where it has too many values or a character that no
    /// keyboard has.
    pub fn read(text: &[u8]) -> Option<Self> {
        Self::of(url::form_urlencoded::parse(text).map(|(name, value)| (name.into_owned(), value.into_owned())))
    }

    /// These names and values; none where there are too many or a character is none that people write.
    pub fn of(pairs: impl Iterator<Item = (String, String)>) -> Option<Self> {
        let pairs: Vec<_> = pairs.take(MOST + 1).map(|(name, value)| (name, value.replace("\r\n", "\n"))).collect();
        let is_clean = |text: &str| text.chars().all(|character| !character.is_control() || "\n\t".contains(character));
        let is_right = pairs.len() <= MOST && pairs.iter().all(|(name, value)| is_clean(name) && is_clean(value));
        is_right.then_some(Self(pairs))
    }

    /// The first value of `name`; empty where there is none.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// Every value of `name`.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of `name` as a whole number; 0 where it is none.
    pub fn number(&self, name: &str) -> i64 {
        self.text(name).parse().unwrap_or(0)
    }

    /// As a query, with `name` set to `value`.
    pub fn query_with(&self, name: &str, value: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.0.iter().filter(|(known, value)| known != name && !value.is_empty()));
        query.append_pair(name, value).finish()
    }
}

impl Posted {
    /// The file of the field `name`, if one was chosen.
    pub fn file(&self, name: &str) -> Option<&PostedFile> {
        self.files.iter().find(|file| file.field == name && !file.bytes.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::Fields;

    #[test]
    fn what_nobody_writes_is_refused() {
        assert_eq!(Fields::read(b"a=1%0D%0A2&a=%C3%A4").expect("fields").all("a").collect::<Vec<_>>(), ["1\n2", "ä"]);
        assert_eq!(Fields::read(b"a=%00"), None);
        assert_eq!(Fields::read(b"a=%1B%5B0m"), None);
        assert_eq!(Fields::read("a=1&".repeat(2001).as_bytes()), None);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let _ = Fields::read(&bytes);
        }
    }
}
