//! An element with its XPath: the reading of values that know their place.

use std::borrow::Cow;

use roxmltree::Node;

use crate::domain::Code;
use crate::wire::hl7::InstanceId;
use crate::wire::{LocatedValue, Location, Part};

/// An element of a document and the path to it. Child elements are looked up in the element's own
/// namespace; paths are written without prefixes.
#[derive(Debug, Clone)]
pub struct Element<'a> {
    node: Node<'a, 'a>,
    part: Part,
    path: String,
}

impl<'a> Element<'a> {
    /// `node` as the first step of all paths.
    pub fn root(node: Node<'a, 'a>, part: Part) -> Self {
        Self { node, part, path: format!("/{}", node.tag_name().name()) }
    }

    /// The node itself.
    pub fn node(&self) -> Node<'a, 'a> {
        self.node
    }

    /// The place of its start tag.
    pub fn spot(&self) -> Location {
        Location::at(self.part, self.path.clone(), self.node.range().start)
    }

    /// The first element down `steps` (names joined by `/`), all in this element's namespace.
    pub fn find(&self, steps: &str) -> Option<Self> {
        self.find_in(self.node.tag_name().namespace()?, steps)
    }

    /// The first element down `steps`, all in `namespace`.
    pub fn find_in(&self, namespace: &str, steps: &str) -> Option<Self> {
        let node = steps.split('/').try_fold(self.node, |node, name| node.children().find(is(namespace, name)))?;
        Some(Self { node, part: self.part, path: self.path_to(steps) })
    }

    /// All child elements of this name, numbered in their paths where there are several.
    pub fn all(&self, name: &str) -> Vec<Self> {
        self.all_in(self.node.tag_name().namespace().unwrap_or_default(), name)
    }

    /// All child elements of this name in `namespace`.
    pub fn all_in(&self, namespace: &str, name: &str) -> Vec<Self> {
        let nodes: Vec<_> = self.node.children().filter(is(namespace, name)).collect();
        let numbered = nodes.len() > 1;
        let path = |index: usize| match numbered {
            true => format!("{}/{name}[{}]", self.path, index + 1),
            false => self.path_to(name),
        };
        let element = |(index, node)| Self { node, part: self.part, path: path(index) };
        nodes.into_iter().enumerate().map(element).collect()
    }

    /// Every child element, of whatever name.
    pub fn children(&self) -> Vec<Self> {
        let path = |node: &Node<'_, '_>| self.path_to(node.tag_name().name());
        let elements = self.node.children().filter(Node::is_element);
        elements.map(|node| Self { node, part: self.part, path: path(&node) }).collect()
    }

    fn path_to(&self, steps: &str) -> String {
        [&self.path, "/", steps].concat()
    }

    /// An attribute without namespace.
    pub fn attribute(&self, name: &str) -> Option<LocatedValue<String>> {
        let attribute = self.node.attribute_node(name)?;
        let path = [&self.path, "/@", name].concat();
        let spot = Location::at(self.part, path, attribute.range_value().start);
        Some(LocatedValue::new(attribute.value().to_owned(), spot))
    }

    /// Attribute `name` of the first element down `steps`.
    pub fn value(&self, steps: &str, name: &str) -> Option<LocatedValue<String>> {
        self.find(steps)?.attribute(name)
    }

    /// The coded value down `steps`; `None` where there is no `@code`.
    pub fn code(&self, steps: &str) -> Option<LocatedValue<Code>> {
        self.find(steps)?.own_code()
    }

    /// This element as a coded value; the system is empty where none is given.
    pub fn own_code(&self) -> Option<LocatedValue<Code>> {
        let code = self.attribute("code")?;
        let system = self.node.attribute("codeSystem").unwrap_or_default();
        Some(LocatedValue::new(Code::new(code.value, system), code.spot))
    }

    /// The instance identifier down `steps`; `None` where there is no `@root`.
    pub fn instance_id(&self, steps: &str) -> Option<LocatedValue<InstanceId>> {
        let element = self.find(steps)?;
        let root = element.node.attribute("root")?.to_owned();
        let extension = element.node.attribute("extension").unwrap_or_default().to_owned();
        Some(LocatedValue::new(InstanceId { root, extension }, element.spot()))
    }

    /// The joined text, without the white space around it.
    pub fn text(&self) -> LocatedValue<String> {
        LocatedValue::new(joined_text(self.node).trim().to_owned(), self.spot())
    }
}

/// All text children of `node` as one text. A comment splits a text into several nodes, and a
/// signature over it still holds; whoever read only the first would read less than was signed.
pub fn joined_text<'a>(node: Node<'a, '_>) -> Cow<'a, str> {
    let mut texts = node.children().filter(Node::is_text).filter_map(|child| child.text());
    let first = texts.next().unwrap_or_default();
    match texts.next() {
        None => Cow::Borrowed(first),
        Some(second) => Cow::Owned([first, second].into_iter().chain(texts).collect()),
    }
}

fn is(namespace: &str, name: &str) -> impl Fn(&Node<'_, '_>) -> bool {
    move |node| node.has_tag_name((namespace, name))
}

#[cfg(test)]
mod tests {
    use super::{Element, Part, joined_text};

    const TEXT: &str = "<m xmlns='u'><a n='1'/><a n='2'/><b><c code='x'/></b><x:b xmlns:x='v'/><t>on<!-- -->e</t></m>";

    #[test]
    fn values_know_their_path_and_offset() {
        let document = roxmltree::Document::parse(TEXT).expect("fixture");
        let root = Element::root(document.root_element(), Part::Frame);
        let second = root.all("a")[1].attribute("n").expect("second");
        assert_eq!((second.value.as_str(), second.spot.path.as_ref()), ("2", "/m/a[2]/@n"));
        assert_eq!(second.spot.offset, TEXT.find("2"));
        assert_eq!(
            root.code("b/c").map(|code| (code.spot.path.clone(), code.value.code)),
            Some(("/m/b/c/@code".into(), "x".into()))
        );
        assert!(root.find("b/missing").is_none());
        assert_eq!(root.all("b").len(), 1, "the other b is of another namespace");
    }

    #[test]
    fn a_comment_does_not_cut_a_text() {
        let document = roxmltree::Document::parse(TEXT).expect("fixture");
        let element = document.root_element().last_element_child().expect("t");
        assert_eq!(element.text(), Some("on"));
        assert_eq!(joined_text(element), "one");
    }
}
