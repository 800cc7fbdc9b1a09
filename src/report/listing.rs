//! A message laid out for reading: lines, long Base64 folded, places marked, size bounded.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

use super::layout::line_breaks;
use super::redact;
use crate::source::Position;

/// Bytes of one text after which no further line is shown, folded parts not counted.
const LONGEST: usize = 20_000;
/// A run of Base64 longer than this is folded.
const FOLDED_FROM: usize = 160;
/// A piece longer than this is folded in its middle.
const LONGEST_PIECE: usize = 1200;
const HEAD: usize = 48;
const LONGEST_MARK: usize = 300;

/// A text laid out in lines.
#[derive(Debug, PartialEq, Eq)]
pub struct Listing {
    /// The lines that are shown.
    pub lines: Vec<ListingLine>,
    /// How many bytes are not shown because of the bound.
    pub cut: usize,
    /// Whether line breaks were added.
    pub rebroken: bool,
}

/// One shown line.
#[derive(Debug, PartialEq, Eq)]
pub struct ListingLine {
    /// Its number in the text; `None` for a line that was broken off for reading.
    pub number: Option<usize>,
    /// Depth of its element or value, where lines were broken for reading.
    pub indent: usize,
    /// Its pieces, in order.
    pub pieces: Vec<LinePiece>,
}

/// A piece of a line.
#[derive(Debug, PartialEq, Eq)]
pub enum LinePiece {
    /// Text as it came.
    Text(String),
    /// So many characters left out.
    Fold(usize),
    /// Text that findings point to, by their numbers.
    Mark(String, Vec<usize>),
}

/// A place that a finding points to.
#[derive(Debug, Clone, Copy)]
pub struct ListingTarget {
    /// Number of the finding.
    pub finding: usize,
    pub position: Position,
}

impl Listing {
    /// `text` without secrets, laid out, with the places of findings marked. Marked lines are shown
    /// even beyond the bound.
    pub fn new(text: &str, targets: &[ListingTarget]) -> Self {
        let text = redact::text(text);
        let breaks = line_breaks(&text);
        let marks = marks(&text, targets);
        let folds = base64_runs(&text, &marks);
        let mut listing = Self { lines: Vec::new(), cut: 0, rebroken: !breaks.is_empty() };
        let mut shown = 0;
        let mut starts = line_starts(&text, &breaks).filter(|start| !is_inside(&folds, start.at)).peekable();
        while let Some(Start { at, number, indent }) = starts.next() {
            let end = starts.peek().map_or(text.len(), |next| next.at);
            if shown >= LONGEST && marks.range(at..end).next().is_none() {
                listing.cut += end - at;
                continue;
            }
            let pieces = pieces(&text, at..end, &marks, &folds);
            shown += pieces.iter().map(LinePiece::size).sum::<usize>();
            listing.lines.push(ListingLine { number, indent, pieces });
        }
        listing
    }
}

impl LinePiece {
    fn size(&self) -> usize {
        match self {
            Self::Text(text) | Self::Mark(text, _) => text.len(),
            Self::Fold(_) => 0,
        }
    }
}

/// Marked ranges by their start; none overlaps another.
type Marks = BTreeMap<usize, (usize, Vec<usize>)>;

fn marks(text: &str, targets: &[ListingTarget]) -> Marks {
    let mut marks = Marks::new();
    for target in targets {
        let start = target.position.offset_in(text);
        if start < text.len() {
            marks.entry(start).or_insert_with(|| (mark_end(text, start), Vec::new())).1.push(target.finding);
        }
    }
    let starts: Vec<usize> = marks.keys().copied().collect();
    for pair in starts.windows(2) {
        let end = &mut marks.get_mut(&pair[0]).expect("the key was just listed").0;
        *end = (*end).min(pair[1]);
    }
    marks
}

/// A tag to its end; any other value to the end of the value.
fn mark_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let length = match rest.as_bytes().first() {
        Some(b'<') => rest.find(['>', '\n']).map_or(rest.len(), |at| at + usize::from(rest.as_bytes()[at] == b'>')),
        Some(b'"') => rest[1..].find(['"', '\n']).map_or(rest.len(), |at| at + 2),
        _ => rest.find(['<', '"', '\n', ',', '}', ']']).unwrap_or(rest.len()),
    };
    start + floor(rest, length.clamp(first, LONGEST_MARK.max(first)).min(rest.len()))
}

/// Where a shown line starts.
struct Start {
    at: usize,
    number: Option<usize>,
    indent: usize,
}

/// The starts of the text's own lines and of those broken off for reading, in order. Lazy, since a text
/// of line ends only has as many lines as bytes.
fn line_starts(text: &str, breaks: &[(usize, usize)]) -> impl Iterator<Item = Start> {
    let offsets = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let own = offsets.take_while(|at| *at < text.len()).enumerate();
    let mut own = own.map(|(index, at)| Start { at, number: Some(index + 1), indent: 0 }).peekable();
    let mut broken = breaks.iter().map(|(at, indent)| Start { at: *at, number: None, indent: *indent }).peekable();
    std::iter::from_fn(move || {
        let next_own = own.peek().map_or(usize::MAX, |start| start.at);
        match broken.peek().map_or(usize::MAX, |start| start.at).cmp(&next_own) {
            Ordering::Less => broken.next(),
            Ordering::Greater => own.next(),
            Ordering::Equal => {
                own.next().zip(broken.next()).map(|(own, broken)| Start { indent: broken.indent, ..own })
            }
        }
    })
}

fn is_inside(ranges: &[Range<usize>], at: usize) -> bool {
    let after = ranges.partition_point(|range| range.start < at);
    after.checked_sub(1).is_some_and(|index| at < ranges[index].end)
}

/// Runs of Base64 that are too long to read, without their first characters.
fn base64_runs(text: &str, marks: &Marks) -> Vec<Range<usize>> {
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=-_*\r\n".contains(&byte);
    let mut runs = Vec::new();
    let mut start = 0;
    for (at, byte) in text.bytes().chain(std::iter::once(b' ')).enumerate() {
        if is_base64(byte) {
            continue;
        }
        let run = start + HEAD..at;
        if at - start > FOLDED_FROM && marks.range(run.clone()).next().is_none() {
            runs.push(run);
        }
        start = at + 1;
    }
    runs
}

fn pieces(text: &str, line: Range<usize>, marks: &Marks, folds: &[Range<usize>]) -> Vec<LinePiece> {
    let mut pieces = Vec::new();
    let mut at = line.start;
    while at < line.end {
        if let Some((end, findings)) = marks.get(&at) {
            let end = (*end).min(line.end);
            pieces.push(LinePiece::Mark(text[at..end].trim_end_matches(['\r', '\n']).to_owned(), findings.clone()));
            at = end;
            continue;
        }
        let next_mark = marks.range(at..line.end).next().map_or(line.end, |(start, _)| *start);
        let fold = folds.get(folds.partition_point(|fold| fold.end <= at)).filter(|fold| fold.start < next_mark);
        match fold {
            Some(fold) if fold.start <= at => {
                let end = fold.end.min(line.end);
                pieces.push(LinePiece::Fold(end - at));
                at = end;
            }
            other => {
                let end = other.map_or(next_mark, |fold| fold.start);
                push_text(&mut pieces, text[at..end].trim_end_matches(['\r', '\n']));
                at = end;
            }
        }
    }
    pieces
}

fn push_text(pieces: &mut Vec<LinePiece>, text: &str) {
    if text.is_empty() {
        return;
    }
    if text.len() <= LONGEST_PIECE {
        pieces.push(LinePiece::Text(text.to_owned()));
        return;
    }
    let (head, tail) = (floor(text, LONGEST_PIECE / 2), floor(text, text.len() - LONGEST_PIECE / 4));
    pieces.push(LinePiece::Text(text[..head].to_owned()));
    pieces.push(LinePiece::Fold(text[head..tail].chars().count()));
    pieces.push(LinePiece::Text(text[tail..].to_owned()));
}

/// The last boundary of a character at or before `at`.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{LinePiece, Listing, ListingTarget};
    use crate::source::Position;

    fn target(finding: usize, text: &str, needle: &str) -> ListingTarget {
        ListingTarget { finding, position: Position::of(text, text.find(needle).expect("needle")) }
    }

    fn joined(listing: &Listing) -> String {
        let mut text = String::new();
        for line in &listing.lines {
            for piece in &line.pieces {
                match piece {
                    LinePiece::Text(part) => text.push_str(part),
                    LinePiece::Fold(count) => text.push_str(&format!("[{count}]")),
                    LinePiece::Mark(part, findings) => text.push_str(&format!("«{part}»{findings:?}")),
                }
            }
            text.push('\n');
        }
        text
    }

    #[test]
    fn marks_an_element_and_a_value() {
        let text = "<a>\n<id root=\"1.2\"/>\n</a>";
        let listing = Listing::new(text, &[target(1, text, "<id"), target(2, text, "1.2"), target(3, text, "1.2")]);
        assert_eq!(joined(&listing), "<a>\n«<id root=\"»[1]«1.2»[2, 3]\"/>\n</a>\n");
        assert_eq!(listing.lines[1].number, Some(2));
    }

    #[test]
    fn folds_base64_even_over_lines() {
        let base64 = format!("{}\n{}", "QUJD".repeat(60), "QUJD".repeat(60));
        let listing = Listing::new(&format!("<text>{base64}</text>"), &[]);
        assert_eq!(joined(&listing), format!("<text>{}[433]</text>\n", "QUJD".repeat(12)));
    }

    #[test]
    fn cuts_what_is_too_long_but_never_a_marked_line() {
        let text = format!("{}<last/>\n", "some words in a line\n".repeat(3000));
        let listing = Listing::new(&text, &[target(7, &text, "<last/>")]);
        assert!(listing.cut > 40_000, "cut {}", listing.cut);
        assert_eq!(listing.lines.last().expect("last").pieces, [LinePiece::Mark("<last/>".into(), vec![7])]);
        assert_eq!(listing.lines.last().expect("last").number, Some(3001));
    }

    #[test]
    fn a_text_of_line_ends_is_cut_too() {
        let listing = Listing::new(&"ä\n".repeat(100_000), &[]);
        assert_eq!((listing.lines.len(), listing.cut), (10_000, 270_000));
        assert_eq!(Listing::new("", &[]).lines, []);
    }

    proptest::proptest! {
        #[test]
        fn any_text_with_any_targets_is_laid_out(
            text in "(\\PC|[<>\"{},\n]|QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD){0,60}",
            places in proptest::collection::vec((1u32..6, 1u32..40), 0..4),
        ) {
            let targets: Vec<_> = places
                .iter()
                .enumerate()
                .map(|(finding, (line, column))| ListingTarget { finding, position: Position { line: *line, column: *column } })
                .collect();
            let listing = Listing::new(&text, &targets);
            proptest::prop_assert_eq!(listing.cut, 0);
        }
    }
}
