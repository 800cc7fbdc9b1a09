//! The outline of a header: its elements in order, with attributes and short texts. It holds no text of its
//! own but positions in the one that was read, so that a hundred elements cost a few allocations.

use std::borrow::Cow;

use roxmltree::Node as XmlNode;

use super::{HL7, HL7_FINLAND, joined_text};
use crate::wire::{Location, Part};

/// Most elements of an outline. A header has some hundred.
pub const MOST_ELEMENTS: usize = 10_000;
/// Longest element whose text is kept, in bytes: texts of headers are identifiers and names.
const LONGEST_TEXT: usize = 2_000;

/// What tells a value: an element that has one tells it, whatever null flavour stands beside.
const VALUES: [&str; 4] = ["root", "extension", "code", "value"];
/// What people read of a code, which no rule looks at.
const PASSED_OVER: [&str; 2] = ["displayName", "codeSystemName"];

/// The namespaces of a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Space {
    /// HL7 v3.
    Hl7,
    /// Finland's extensions.
    Finland,
}

/// The elements of a header, in document order.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    entries: Vec<OutlineEntry>,
    attributes: Vec<(Slice, Slice)>,
    /// Values that do not stand in the text as they are: with references, or joined over a comment.
    apart: String,
    is_cut: bool,
}

#[derive(Debug, Clone)]
struct OutlineEntry {
    offset: usize,
    name: Slice,
    space: Space,
    parent: usize,
    /// Index after its last descendant.
    end: usize,
    attributes: (usize, usize),
    text: Option<Slice>,
    is_null: bool,
}

/// A stretch of the text, or of the values that stand apart.
#[derive(Debug, Clone, Copy)]
struct Slice {
    from: u32,
    to: u32,
    is_apart: bool,
}

impl Outline {
    /// The outline of `root`. Elements of other namespaces are passed over with all that they hold.
    pub fn of(root: XmlNode<'_, '_>) -> Self {
        let mut outline = Self { entries: Vec::with_capacity(256), ..Self::default() };
        outline.take_in(root, root.document().input_text(), 0);
        outline
    }

    /// Whether there were more elements than an outline holds.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// How many elements it holds.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Its elements; `text` is the text that was read.
    pub fn nodes<'a>(&'a self, text: &'a str) -> impl Iterator<Item = OutlineNode<'a>> {
        (0..self.entries.len()).map(move |index| OutlineNode { outline: self, text, index })
    }

    /// The root element.
    pub fn root<'a>(&'a self, text: &'a str) -> Option<OutlineNode<'a>> {
        self.nodes(text).next()
    }

    fn take_in(&mut self, node: XmlNode<'_, '_>, text: &str, parent: usize) {
        let Some(space) = space(node) else { return };
        if self.entries.len() == MOST_ELEMENTS {
            self.is_cut = true;
            return;
        }
        let index = self.entries.len();
        let first = self.attributes.len();
        let (mut is_null, mut is_told) = (false, false);
        let counts = |name: &str| !PASSED_OVER.contains(&name);
        for attribute in node.attributes().filter(|one| one.namespace().is_none() && counts(one.name())) {
            is_null |= attribute.name() == "nullFlavor";
            is_told |= VALUES.contains(&attribute.name()) && !attribute.value().is_empty();
            let pair = (self.slice(text, attribute.name()), self.slice(text, attribute.value()));
            self.attributes.push(pair);
        }
        let name = self.slice(text, node.tag_name().name());
        let own_text = self.text_of(node, text);
        self.entries.push(OutlineEntry {
            offset: node.range().start,
            name,
            space,
            parent,
            end: index + 1,
            attributes: (first, self.attributes.len()),
            text: own_text,
            is_null: is_null && !is_told,
        });
        for child in node.children().filter(XmlNode::is_element) {
            self.take_in(child, text, index);
        }
        self.entries[index].end = self.entries.len();
    }

    fn text_of(&mut self, node: XmlNode<'_, '_>, text: &str) -> Option<Slice> {
        if node.range().len() > LONGEST_TEXT || node.children().any(|child| child.is_element()) {
            return None;
        }
        match joined_text(node) {
            Cow::Borrowed(own) => Some(self.slice(text, own.trim())),
            Cow::Owned(own) => Some(self.slice(text, own.trim())),
        }
    }

    fn slice(&mut self, text: &str, part: &str) -> Slice {
        let from = part.as_ptr().addr().wrapping_sub(text.as_ptr().addr());
        if from.checked_add(part.len()).is_some_and(|to| to <= text.len()) {
            return narrow(from, part.len(), false);
        }
        let from = self.apart.len();
        self.apart.push_str(part);
        narrow(from, part.len(), true)
    }
}

/// Texts are far below 4 GB: their bound is one of the profile.
fn narrow(from: usize, length: usize, is_apart: bool) -> Slice {
    let small = |number| u32::try_from(number).unwrap_or(u32::MAX);
    Slice { from: small(from), to: small(from + length), is_apart }
}

fn space(node: XmlNode<'_, '_>) -> Option<Space> {
    match node.tag_name().namespace()? {
        HL7 => Some(Space::Hl7),
        HL7_FINLAND => Some(Space::Finland),
        _ => None,
    }
}

/// One element of an outline.
#[derive(Debug, Clone, Copy)]
pub struct OutlineNode<'a> {
    outline: &'a Outline,
    text: &'a str,
    index: usize,
}

impl<'a> OutlineNode<'a> {
    /// Its number in document order.
    pub fn index(&self) -> usize {
        self.index
    }

    /// Its local name.
    pub fn name(&self) -> &'a str {
        self.read(self.entry().name)
    }

    /// Its namespace.
    pub fn space(&self) -> Space {
        self.entry().space
    }

    /// The value of an attribute without namespace.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        let (from, to) = self.entry().attributes;
        let mut attributes = self.outline.attributes[from..to].iter();
        attributes.find(|(own, _)| self.read(*own) == name).map(|(_, value)| self.read(*value))
    }

    /// Whether it has a null flavour in place of a value.
    pub fn is_null(&self) -> bool {
        self.entry().is_null
    }

    /// Its text without the white space around it; `None` where it holds elements or is long.
    pub fn text(&self) -> Option<&'a str> {
        self.entry().text.map(|slice| self.read(slice))
    }

    /// Its parent; `None` for the root.
    pub fn parent(&self) -> Option<Self> {
        (self.index > 0).then(|| self.at(self.entry().parent))
    }

    /// Its child elements.
    pub fn children(&self) -> impl Iterator<Item = Self> + use<'a> {
        let (own, end) = (*self, self.entry().end);
        let first = Some(self.index + 1).filter(|first| *first < end);
        std::iter::successors(first, move |index| Some(own.at(*index).entry().end).filter(|next| *next < end))
            .map(move |index| own.at(index))
    }

    /// The first child of this name, in whichever namespace.
    pub fn child(&self, name: &str) -> Option<Self> {
        self.children().find(|child| child.name() == name)
    }

    /// The first element down `steps` (names joined by `/`).
    pub fn find(&self, steps: &str) -> Option<Self> {
        steps.split('/').try_fold(*self, |node, name| node.child(name))
    }

    /// Its place: the path with numbers where siblings have the same name.
    pub fn spot(&self, part: Part) -> Location {
        let mut steps: Vec<String> = Vec::new();
        let mut node = Some(*self);
        while let Some(step) = node {
            steps.push(step.step());
            node = step.parent();
        }
        let path: String = steps.into_iter().rev().collect();
        Location::at(part, path, self.entry().offset)
    }

    fn step(&self) -> String {
        let name = self.name();
        let namesakes = self.parent().into_iter().flat_map(|parent| parent.children());
        let namesakes: Vec<usize> = namesakes
            .filter(|other| other.name() == name && other.space() == self.space())
            .map(|one| one.index)
            .collect();
        match namesakes.iter().position(|index| *index == self.index) {
            Some(position) if namesakes.len() > 1 => format!("/{name}[{}]", position + 1),
            _ => format!("/{name}"),
        }
    }

    fn at(&self, index: usize) -> Self {
        Self { index, ..*self }
    }

    fn entry(&self) -> &'a OutlineEntry {
        &self.outline.entries[self.index]
    }

    fn read(&self, slice: Slice) -> &'a str {
        let holder = if slice.is_apart { self.outline.apart.as_str() } else { self.text };
        holder.get(slice.from as usize..slice.to as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_ELEMENTS, Outline, Part, Space};

    const TEXT: &str = "<a xmlns='urn:hl7-org:v3' xmlns:f='urn:hl7finland'><b c='1 &amp; 2' nullFlavor='NA'/><x xmlns='u'><b/></x>\
        <b>on<!-- -->e</b><f:h k='v'><f:d> t </f:d></f:h></a>";

    fn outline(text: &str) -> Outline {
        Outline::of(roxmltree::Document::parse(text).expect("fixture").root_element())
    }

    #[test]
    fn elements_keep_order_values_and_places() {
        let outline = outline(TEXT);
        let root = outline.root(TEXT).expect("root");
        let names: Vec<&str> = root.children().map(|child| child.name()).collect();
        assert_eq!(names, ["b", "b", "h"], "another namespace is passed over");
        let seconds: Vec<_> = root.children().collect();
        assert_eq!((seconds[0].attribute("c"), seconds[0].is_null()), (Some("1 & 2"), true));
        assert_eq!((seconds[1].text(), seconds[1].spot(Part::Document).path.as_ref()), (Some("one"), "/a/b[2]"));
        let inner = root.find("h/d").expect("inner");
        assert_eq!((inner.text(), inner.space()), (Some("t"), Space::Finland));
        assert_eq!(inner.spot(Part::Document).offset, TEXT.find("<f:d>"));
        assert_eq!(inner.parent().and_then(|parent| parent.attribute("k")), Some("v"));
        assert!(seconds[1].children().next().is_none() && root.parent().is_none());
    }

    #[test]
    fn a_value_beside_a_null_flavour_is_a_value() {
        let text = "<a xmlns='urn:hl7-org:v3'><id root='1.2' nullFlavor='NA'/><id nullFlavor='NA' root=''/>\
                    <code codeSystem='1.2' nullFlavor='OTH'/></a>";
        let outline = outline(text);
        let nulls: Vec<bool> = outline.root(text).expect("root").children().map(|child| child.is_null()).collect();
        assert_eq!(nulls, [false, true, true]);
    }

    #[test]
    fn a_flood_is_cut() {
        let text = format!("<a xmlns='urn:hl7-org:v3'>{}</a>", "<b/>".repeat(MOST_ELEMENTS));
        let outline = outline(&text);
        assert!(outline.is_cut() && outline.len() == MOST_ELEMENTS);
        assert!(!self::outline(TEXT).is_cut());
    }
}
