//! From text to tree, within bounds.

use std::borrow::Cow;

use roxmltree::{Document, Error, TextPos};

use super::parser_error::said_of;
use super::scan::scan;
use super::{ReadError, ReadErrorKind, ReadLimits};
use crate::wire::Part;

const DOCTYPE: &str = "<!DOCTYPE";

/// The tree of `text`, with no document type declaration in it.
///
/// # Errors
/// Too deep, too many attributes or namespaces, or not well-formed.
pub fn parse<'a>(text: &'a str, part: Part, limits: &ReadLimits) -> Result<Document<'a>, ReadError> {
    scan(text, limits.depth).map_err(|(kind, offset)| kind.at(part, offset))?;
    Document::parse(text).map_err(|error| match error {
        Error::DtdDetected => ReadErrorKind::Doctype.at(part, 0),
        other => ReadErrorKind::NotWellFormed(said_of(&other)).at(part, offset_of(text, other.pos())),
    })
}

/// `text` with white space in place of a document type declaration that names only what is elsewhere, as XHTML has it. One
/// that declares something itself stays, and [`parse`] refuses it.
pub fn without_doctype(text: &str) -> Cow<'_, str> {
    let start = text.find(DOCTYPE).filter(|start| !holds_tag(&text[..*start]));
    let range = start.and_then(|start| Some(start..start + text[start..].find('>')? + 1));
    match range.filter(|range| !text[range.clone()].contains('[')) {
        None => Cow::Borrowed(text),
        Some(range) => {
            let space: String =
                text[range.clone()].chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }).collect();
            Cow::Owned([&text[..range.start], &space, &text[range.end..]].concat())
        }
    }
}

/// Whether an element begins in `text`, behind which no declaration stands.
fn holds_tag(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| !text[at + 1..].starts_with(['!', '?']))
}

/// The parser counts lines and characters; places count bytes.
fn offset_of(text: &str, position: TextPos) -> usize {
    let line_start = match position.row.saturating_sub(2) as usize {
        _ if position.row <= 1 => 0,
        skipped => text.match_indices('\n').nth(skipped).map_or(text.len(), |(at, _)| at + 1),
    };
    let column = position.col.saturating_sub(1) as usize;
    text[line_start..].char_indices().nth(column).map_or(text.len(), |(at, _)| line_start + at)
}

#[cfg(test)]
mod tests {
    use super::{Part, ReadErrorKind, ReadLimits, parse, without_doctype};

    #[test]
    fn faults_have_their_byte_offset() {
        let error = parse("<a>\nä<b>\n  ö</c></a>", Part::Frame, &ReadLimits::default()).expect_err("wrong close tag");
        assert!(matches!(error.kind, ReadErrorKind::NotWellFormed(_)), "{error}");
        assert_eq!(error.spot.offset, Some(14), "{error}");
    }

    #[test]
    fn a_document_type_that_declares_nothing_itself_is_passed_over() {
        let text = "<?xml version='1.0'?><!-- / -->\n<!DOCTYPE div PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN'\n 'http://x/'><div/>";
        let without = without_doctype(text);
        assert_eq!((without.len(), without.lines().count()), (text.len(), text.lines().count()));
        assert!(parse(&without, Part::DisplayForm, &ReadLimits::default()).is_ok());
        for other in ["<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "<a><!DOCTYPE a></a>", "<!DOCTYPE a", "<a/>"] {
            assert_eq!(without_doctype(other), other);
        }
    }

    #[test]
    fn entities_of_a_document_type_are_refused() {
        let laughs = "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;'>]><a>&c;</a>";
        let error = parse(laughs, Part::Document, &ReadLimits::default()).expect_err("document type");
        assert_eq!(error.kind, ReadErrorKind::Doctype);
    }
}
