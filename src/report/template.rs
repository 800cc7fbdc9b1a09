//! A wording with places for values, and the values that a text has in them.

use std::ops::RangeInclusive;

/// A wording: fixed text and places.
#[derive(Debug)]
pub(super) struct Template {
    pieces: Vec<Piece>,
}

#[derive(Debug)]
enum Piece {
    Fixed(String),
    Place { name: String, kind: Kind },
}

/// What may stand in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `{0}`: one value without spaces.
    Value,
    /// `{0 quote}`: anything, as it is.
    Quote,
    /// `{0 words}`: anything, which may be a wording itself.
    Words,
}

/// What a text has in a place.
#[derive(Debug)]
pub(super) struct Held<'p, 't> {
    /// Name of the place.
    pub place: &'p str,
    /// What stands there.
    pub text: &'t str,
    /// Whether it may be a wording itself.
    pub is_words: bool,
}

impl Template {
    /// Reads `at most {0} bytes`. Braces around anything but a place are text.
    pub fn new(text: &str) -> Self {
        let mut pieces = Vec::new();
        let (mut fixed, mut rest) = (String::new(), text);
        while let Some(at) = rest.find('{') {
            fixed.push_str(&rest[..at]);
            let place = rest[at + 1..].split_once('}').and_then(|(inside, after)| Some((place(inside)?, after)));
            let Some((place, after)) = place else {
                fixed.push('{');
                rest = &rest[at + 1..];
                continue;
            };
            pieces.push(Piece::Fixed(std::mem::take(&mut fixed)));
            pieces.push(place);
            rest = after;
        }
        pieces.push(Piece::Fixed(fixed + rest));
        Self { pieces }
    }

    /// Bytes of text outside of places.
    pub fn fixed_length(&self) -> usize {
        let length = |piece: &Piece| if let Piece::Fixed(text) = piece { text.len() } else { 0 };
        self.pieces.iter().map(length).sum()
    }

    /// What `text` has in each place; `None` where it is not of this wording.
    pub fn values_in<'p, 't>(&'p self, text: &'t str) -> Option<Vec<Held<'p, 't>>> {
        let mut held = Vec::new();
        fits(&self.pieces, text, &mut held).then_some(held)
    }
}

fn place(inside: &str) -> Option<Piece> {
    let (name, kind) = match inside.split_once(' ') {
        None => (inside, Kind::Value),
        Some((name, "quote")) => (name, Kind::Quote),
        Some((name, "words")) => (name, Kind::Words),
        Some(_) => return None,
    };
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    is_name.then(|| Piece::Place { name: name.to_owned(), kind })
}

/// Whether `text` is of these pieces; the values are left in `held`, in the order of the places.
fn fits<'p, 't>(pieces: &'p [Piece], text: &'t str, held: &mut Vec<Held<'p, 't>>) -> bool {
    match pieces {
        [] => text.is_empty(),
        [Piece::Fixed(fixed), rest @ ..] => {
            text.strip_prefix(fixed.as_str()).is_some_and(|text| fits(rest, text, held))
        }
        [Piece::Place { name, kind }, rest @ ..] => {
            let before = held.len();
            ends(rest, *kind, text).into_iter().any(|end| {
                held.truncate(before);
                held.push(Held { place: name, text: &text[..end], is_words: *kind == Kind::Words });
                fits(rest, &text[end..], held)
            })
        }
    }
}

/// Where a value at the start of `text` may end: before the fixed text that follows it, or with the text.
fn ends(rest: &[Piece], kind: Kind, text: &str) -> Vec<usize> {
    let reach: RangeInclusive<usize> = match kind {
        Kind::Value => 0..=text.find(char::is_whitespace).unwrap_or(text.len()),
        Kind::Quote | Kind::Words => 0..=text.len(),
    };
    let ends: Vec<usize> = match rest.first() {
        Some(Piece::Fixed(next)) if !(next.is_empty() && rest.len() == 1) => {
            text.match_indices(next.as_str()).map(|(at, _)| at).collect()
        }
        _ => vec![text.len()],
    };
    ends.into_iter().filter(|end| reach.contains(end)).collect()
}

#[cfg(test)]
mod tests {
    use super::Template;

    fn values(wording: &str, text: &str) -> Option<Vec<String>> {
        let template = Template::new(wording);
        let held = template.values_in(text)?;
        Some(held.iter().map(|held| format!("{}={}", held.place, held.text)).collect())
    }

    #[test]
    fn places_hold_values() {
        for (wording, text, expected) in [
            ("at most {0} bytes", "at most 5 bytes", vec!["0=5"]),
            ("{1}, of {0}", "a,b, of c", vec!["1=a,b", "0=c"]),
            ("{0 quote}: wrong", "a: b: wrong", vec!["0=a: b"]),
            ("no JSON: {0 words}", "no JSON: a b", vec!["0=a b"]),
            ("one {place} }{", "one {place} }{", vec![]),
        ] {
            assert_eq!(values(wording, text), Some(expected.into_iter().map(str::to_owned).collect()), "{text}");
        }
    }

    #[test]
    fn another_text_is_not_of_the_wording() {
        for (wording, text) in
            [("{0} bytes", "very many bytes"), ("{0} bytes", "5 byte"), ("none", "none of them"), ("a {0}", "b 1")]
        {
            assert_eq!(values(wording, text), None, "{text}");
        }
    }

    #[test]
    fn only_text_outside_of_places_counts() {
        assert_eq!(Template::new("a {0} b {1 quote}").fixed_length(), 5);
    }
}
