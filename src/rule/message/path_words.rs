//! What the elements down a path tell, in words: a name may be cut into elements in several ways.

use crate::domain::{Hl7Time, is_same_text};
use crate::wire::xml::OutlineNode;

/// What the elements down a path tell.
#[derive(Default)]
pub struct PathWords<'a> {
    /// The first of them that tells something.
    pub first: Option<OutlineNode<'a>>,
    /// The words of all, sorted and each once.
    pub words: Vec<&'a str>,
}

impl<'a> PathWords<'a> {
    /// What `attribute`, or else the text, of the elements down `steps` tells. An element with a qualifier tells
    /// again what another one told: the call name is one of the given names.
    pub fn below(node: OutlineNode<'a>, steps: &str, attribute: Option<&str>) -> Self {
        let mut told = Self::default();
        told.walk(node, steps, attribute);
        told.words.sort_unstable();
        told.words.dedup();
        told
    }

    fn walk(&mut self, node: OutlineNode<'a>, steps: &str, attribute: Option<&str>) {
        let (name, rest) = steps.split_once('/').map_or((steps, None), |(name, rest)| (name, Some(rest)));
        for child in node.children().filter(|child| child.name() == name) {
            match rest {
                Some(rest) => self.walk(child, rest, attribute),
                None if child.attribute("qualifier").is_none() => self.take(child, attribute),
                None => {}
            }
        }
    }

    fn take(&mut self, node: OutlineNode<'a>, attribute: Option<&str>) {
        let value = attribute.map_or_else(|| node.text(), |name| node.attribute(name)).unwrap_or_default();
        let before = self.words.len();
        self.words.extend(value.split_whitespace());
        if self.words.len() > before {
            self.first.get_or_insert(node);
        }
    }
}

/// Whether both say the same: in whatever case, and a moment in whatever zone.
pub fn same_words(one: &[&str], other: &[&str]) -> bool {
    one.len() == other.len() && one.iter().all(|one| other.iter().any(|other| is_same(one, other)))
}

fn is_same(one: &str, other: &str) -> bool {
    let instant = |text: &str| text.parse::<Hl7Time>().ok().and_then(|time| time.instant());
    one.eq_ignore_ascii_case(other)
        || is_same_text(one, other)
        || instant(one).is_some_and(|moment| instant(other) == Some(moment))
}

#[cfg(test)]
mod tests {
    use super::{PathWords, same_words};
    use crate::wire::xml::Outline;

    #[test]
    fn words_are_told_however_they_are_cut() {
        let text = "<n xmlns='urn:hl7-org:v3'><g>Elli  Testi</g><g qualifier='CL'>Elli</g><h><g v='x'/></h></n>";
        let outline = Outline::of(roxmltree::Document::parse(text).expect("fixture").root_element());
        let root = outline.root(text).expect("root");
        assert_eq!(PathWords::below(root, "g", None).words, ["Elli", "Testi"]);
        assert_eq!(PathWords::below(root, "h/g", Some("v")).words, ["x"]);
        assert!(PathWords::below(root, "h/i", None).first.is_none());
    }

    #[test]
    fn a_moment_is_the_same_in_another_zone() {
        assert!(same_words(&["20261121100000+0200"], &["20261121080000+0000"]));
        assert!(!same_words(&["20261121100000+0200"], &["20261121100000+0300"]));
        assert!(same_words(&["fi"], &["FI"]) && !same_words(&["a"], &["a", "b"]));
    }
}
