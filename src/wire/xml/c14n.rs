//! Canonical XML (<https://www.w3.org/TR/xml-c14n11/>, <https://www.w3.org/TR/xml-exc-c14n/>) of a document or of one
//! element of it.

use roxmltree::{Attribute, Node, NodeId};

use crate::wire::bytes;
use crate::words::{Said, said};

/// Levels that are canonicalised; the walk is recursive, and this many fit the smallest thread.
const DEEPEST: usize = 512;
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Why something has no canonical form here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotCanonical {
    /// Nested too deep.
    #[error("nested deeper than {DEEPEST} levels")]
    TooDeep,
    /// Canonical XML 1.1 of an element below an `xml:base`, whose addresses would have to be joined.
    #[error("xml:base above the element")]
    BaseAbove,
}

impl NotCanonical {
    /// The same, to be told in any language.
    pub fn said(self) -> Said {
        match self {
            Self::TooDeep => said::nested_deeper_than_levels(DEEPEST),
            Self::BaseAbove => said::xml_base_above_the_element(),
        }
    }
}

/// Which namespaces and attributes of ancestors an element carries in its canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum C14nKind {
    /// Canonical XML 1.0: all of them.
    Inclusive10,
    /// Canonical XML 1.1: as 1.0, but no `xml:id`.
    Inclusive11,
    /// Exclusive XML Canonicalization 1.0: the namespaces that are visibly used.
    Exclusive,
}

/// A canonical form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct C14nForm<'a> {
    /// What is taken from ancestors.
    pub kind: C14nKind,
    /// Whether comments stay.
    pub comments: bool,
    /// The prefixes of `InclusiveNamespaces`, with `#default` for the default namespace; of the exclusive form only.
    pub prefixes: Vec<&'a str>,
}

impl C14nForm<'_> {
    /// The canonical form of `apex`, a document or an element, without the element `left_out` in it.
    ///
    /// # Errors
    /// See [`NotCanonical`].
    pub fn write(&self, apex: Node<'_, '_>, left_out: Option<Node<'_, '_>>) -> Result<String, NotCanonical> {
        let mut writer = Writer {
            out: String::with_capacity(apex.range().len()),
            rendered: Vec::new(),
            form: self,
            left_out: left_out.map(|node| node.id()),
        };
        if apex.is_root() {
            writer.document(apex)?;
        } else {
            writer.element(apex, DEEPEST)?;
        }
        Ok(writer.out)
    }
}

/// The exclusive form of `element` without comments. `inclusive` are the prefixes of `InclusiveNamespaces`.
///
/// # Errors
/// Nested deeper than 512 levels.
pub fn canonical(element: Node<'_, '_>, inclusive: &[&str]) -> Result<String, NotCanonical> {
    C14nForm { kind: C14nKind::Exclusive, comments: false, prefixes: inclusive.to_vec() }.write(element, None)
}

struct Writer<'a, 'n> {
    out: String,
    /// Declarations written by the open elements, innermost last.
    rendered: Vec<(&'n str, &'n str)>,
    form: &'a C14nForm<'a>,
    left_out: Option<NodeId>,
}

impl<'n> Writer<'_, 'n> {
    /// What stands beside the document element has a line of its own.
    fn document(&mut self, root: Node<'n, '_>) -> Result<(), NotCanonical> {
        let mut is_behind = false;
        for child in root.children() {
            let before = self.out.len();
            self.child(child, DEEPEST)?;
            if child.is_element() {
                is_behind = true;
            } else if self.out.len() > before {
                let line_end = if is_behind { before } else { self.out.len() };
                self.out.insert(line_end, '\n');
            }
        }
        Ok(())
    }

    fn element(&mut self, node: Node<'n, '_>, levels: usize) -> Result<(), NotCanonical> {
        let levels = levels.checked_sub(1).ok_or(NotCanonical::TooDeep)?;
        let is_apex = levels + 1 == DEEPEST;
        let name = written_name(node);
        let outer = self.rendered.len();
        self.out.push('<');
        self.out.push_str(name);
        self.namespaces(node, name, is_apex);
        self.attributes(node, is_apex)?;
        self.out.push('>');
        for child in node.children() {
            self.child(child, levels)?;
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        self.rendered.truncate(outer);
        Ok(())
    }

    fn child(&mut self, node: Node<'n, '_>, levels: usize) -> Result<(), NotCanonical> {
        if Some(node.id()) == self.left_out {
            return Ok(());
        }
        if node.is_element() {
            return self.element(node, levels);
        }
        if let Some(instruction) = node.pi() {
            self.instruction(instruction.target, instruction.value);
        } else if node.is_text() {
            self.escaped(node.text().unwrap_or_default(), text_escape);
        } else if node.is_comment() && self.form.comments {
            self.out.push_str("<!--");
            self.out.push_str(&with_line_feeds(node.text().unwrap_or_default()));
            self.out.push_str("-->");
        }
        Ok(())
    }

    /// The parser leaves line ends in instructions as they were; canonical form has LF only.
    fn instruction(&mut self, target: &str, value: Option<&str>) {
        self.out.push_str("<?");
        self.out.push_str(target);
        if let Some(value) = value {
            self.out.push(' ');
            self.out.push_str(&with_line_feeds(value));
        }
        self.out.push_str("?>");
    }

    fn namespaces(&mut self, node: Node<'n, '_>, name: &'n str, is_apex: bool) {
        let mut needed = match self.form.kind {
            C14nKind::Exclusive => self.visibly_used(node, name),
            _ if is_apex || declares(node) => all_in_scope(node),
            _ => return,
        };
        needed.sort_unstable();
        needed.dedup();
        for (prefix, uri) in needed {
            self.namespace(prefix, uri);
        }
    }

    fn visibly_used(&self, node: Node<'n, '_>, name: &'n str) -> Vec<(&'n str, &'n str)> {
        let mut needed: Vec<(&str, &str)> = node
            .attributes()
            .filter_map(|attribute| Some((prefix(written_attribute(node, &attribute))?, attribute.namespace()?)))
            .collect();
        needed.push((prefix(name).unwrap_or_default(), node.tag_name().namespace().unwrap_or_default()));
        for &listed in &self.form.prefixes {
            needed.extend(in_scope(node, listed));
        }
        needed
    }

    fn namespace(&mut self, prefix: &'n str, uri: &'n str) {
        let rendered = self.rendered.iter().rev().find(|(other, _)| *other == prefix).map_or("", |(_, uri)| uri);
        if prefix == "xml" || rendered == uri {
            return;
        }
        self.rendered.push((prefix, uri));
        self.out.push_str(" xmlns");
        if !prefix.is_empty() {
            self.out.push(':');
            self.out.push_str(prefix);
        }
        self.quoted(uri);
    }

    fn attributes(&mut self, node: Node<'n, '_>, is_apex: bool) -> Result<(), NotCanonical> {
        let mut attributes: Vec<_> = node.attributes().map(|attribute| (node, attribute)).collect();
        if is_apex {
            attributes.extend(self.inherited(node)?);
        }
        attributes.sort_by_key(|(_, attribute)| (attribute.namespace().unwrap_or_default(), attribute.name()));
        for (owner, attribute) in attributes {
            self.out.push(' ');
            self.out.push_str(written_attribute(owner, &attribute));
            self.quoted(attribute.value());
        }
        Ok(())
    }

    /// The `xml:` attributes that an element without its ancestors keeps of them, the nearest of each name.
    fn inherited<'d>(&self, apex: Node<'n, 'd>) -> Result<Vec<(Node<'n, 'd>, Attribute<'n, 'd>)>, NotCanonical> {
        let mut found: Vec<(Node<'n, 'd>, Attribute<'n, 'd>)> = Vec::new();
        let above = apex.ancestors().skip(1).take_while(|_| self.form.kind != C14nKind::Exclusive);
        for (owner, attribute) in above.flat_map(|node| node.attributes().map(move |attribute| (node, attribute))) {
            let is_new = !apex.has_attribute((XML, attribute.name()))
                && !found.iter().any(|(_, other)| other.name() == attribute.name());
            if attribute.namespace() != Some(XML)
                || (self.form.kind == C14nKind::Inclusive11 && attribute.name() == "id")
            {
                continue;
            }
            if self.form.kind == C14nKind::Inclusive11 && attribute.name() == "base" {
                return Err(NotCanonical::BaseAbove);
            }
            if is_new {
                found.push((owner, attribute));
            }
        }
        Ok(found)
    }

    fn quoted(&mut self, value: &str) {
        self.out.push_str("=\"");
        self.escaped(value, attribute_escape);
        self.out.push('"');
    }

    fn escaped(&mut self, text: &str, escape: impl Fn(u8) -> Option<&'static str>) {
        let mut rest = text;
        while let Some(at) = bytes::find(rest.as_bytes(), |byte| escape(byte).is_some()) {
            self.out.push_str(&rest[..at]);
            self.out.push_str(escape(rest.as_bytes()[at]).unwrap_or_default());
            rest = &rest[at + 1..];
        }
        self.out.push_str(rest);
    }
}

fn text_escape(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'\r' => Some("&#xD;"),
        _ => None,
    }
}

fn attribute_escape(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'"' => Some("&quot;"),
        b'\t' => Some("&#x9;"),
        b'\n' => Some("&#xA;"),
        b'\r' => Some("&#xD;"),
        _ => None,
    }
}

/// The name as written, prefix and all. The tree keeps no prefixes, and one looked up by namespace
/// may be another than the one written.
fn written_name<'n>(node: Node<'n, '_>) -> &'n str {
    let tag = &node.document().input_text()[node.range().start + 1..];
    let end = tag.find(|end: char| end.is_ascii_whitespace() || matches!(end, '/' | '>')).unwrap_or(tag.len());
    &tag[..end]
}

fn written_attribute<'n>(node: Node<'n, '_>, attribute: &Attribute<'_, '_>) -> &'n str {
    // The parser keeps lengths of names up to 64 KiB; a longer one has no name here, and no digest holds.
    node.document().input_text().get(attribute.range_qname()).unwrap_or_default()
}

fn prefix(name: &str) -> Option<&str> {
    name.split_once(':').map(|(prefix, _)| prefix)
}

/// Whether the start tag of `node` may declare a namespace: only then others are in scope than above.
fn declares(node: Node<'_, '_>) -> bool {
    let end = node.first_child().map_or(node.range().end, |child| child.range().start);
    let tag = node.document().input_text().get(node.range().start..end).unwrap_or_default();
    memchr::memmem::find(tag.as_bytes(), b"xmlns").is_some()
}

/// Every namespace that is in scope, and the default one where none is.
fn all_in_scope<'n>(node: Node<'n, '_>) -> Vec<(&'n str, &'n str)> {
    let declared = node.namespaces().map(|namespace| (namespace.name().unwrap_or_default(), namespace.uri()));
    declared.chain(in_scope(node, "#default")).collect()
}

fn with_line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// A prefix of the inclusive list with its namespace here; the default namespace is always in scope.
fn in_scope<'n>(node: Node<'n, '_>, listed: &str) -> Option<(&'n str, &'n str)> {
    let wanted = if listed == "#default" { None } else { Some(listed) };
    let found = node.namespaces().find(|namespace| namespace.name() == wanted);
    match found {
        Some(namespace) => Some((namespace.name().unwrap_or_default(), namespace.uri())),
        None if wanted.is_none() => Some(("", "")),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{C14nForm, C14nKind, NotCanonical, canonical};

    /// The canonical form of the first element named `e`.
    fn of(text: &str, inclusive: &[&str]) -> String {
        let document = roxmltree::Document::parse(text).expect("well-formed");
        let element = document.descendants().find(|node| node.tag_name().name() == "e").expect("e");
        canonical(element, inclusive).expect("canonical")
    }

    #[test]
    fn only_visibly_used_namespaces_are_written_and_each_once() {
        assert_eq!(
            of("<r xmlns='u' xmlns:a='v' xmlns:b='w'><e a:x='1'><a:f/></e></r>", &[]),
            "<e xmlns=\"u\" xmlns:a=\"v\" a:x=\"1\"><a:f></a:f></e>"
        );
        assert_eq!(
            of("<e xmlns='u'><f xmlns='v'><g xmlns='u'/></f></e>", &[]),
            "<e xmlns=\"u\"><f xmlns=\"v\"><g xmlns=\"u\"></g></f></e>"
        );
        assert_eq!(of("<r xmlns='u'><e xmlns=''/></r>", &[]), "<e></e>");
        assert_eq!(of("<e xmlns='u'><f xmlns=''/></e>", &[]), "<e xmlns=\"u\"><f xmlns=\"\"></f></e>");
    }

    #[test]
    fn the_written_prefix_counts_where_two_have_one_namespace() {
        assert_eq!(of("<v:e xmlns='u' xmlns:v='u'><f/></v:e>", &[]), "<v:e xmlns:v=\"u\"><f xmlns=\"u\"></f></v:e>");
    }

    #[test]
    fn attributes_sort_by_namespace_and_then_name() {
        assert_eq!(
            of("<e xmlns:z='a' xmlns:y='b' y:k='1' z:k='2' b='3' xml:lang='fi' a='4'/>", &[]),
            "<e xmlns:y=\"b\" xmlns:z=\"a\" a=\"4\" b=\"3\" z:k=\"2\" y:k=\"1\" xml:lang=\"fi\"></e>"
        );
    }

    #[test]
    fn characters_are_escaped_by_where_they_stand() {
        assert_eq!(
            of("<e a='&lt;&gt;&amp;&quot;&apos;&#9;&#10;&#13;\t'>&lt;&gt;&amp;\"'&#9;&#13;<![CDATA[<&>]]></e>", &[]),
            "<e a=\"&lt;>&amp;&quot;'&#x9;&#xA;&#xD; \">&lt;&gt;&amp;\"'\t&#xD;&lt;&amp;&gt;</e>"
        );
    }

    #[test]
    fn instructions_stay_and_comments_go() {
        assert_eq!(of("<e><!-- a --><?b  c \r\n d?><?b?></e>", &[]), "<e><?b c \n d?><?b?></e>");
    }

    #[test]
    fn listed_prefixes_are_written_where_they_are_declared() {
        let text = "<r xmlns='u' xmlns:a='v'><a:e xmlns:b='w'><f xmlns=''/></a:e></r>";
        assert_eq!(of(text, &["b", "absent"]), "<a:e xmlns:a=\"v\" xmlns:b=\"w\"><f></f></a:e>");
        assert_eq!(of(text, &["#default"]), "<a:e xmlns=\"u\" xmlns:a=\"v\"><f xmlns=\"\"></f></a:e>");
    }

    fn with(kind: C14nKind, comments: bool, text: &str) -> Result<String, NotCanonical> {
        let document = roxmltree::Document::parse(text).expect("well-formed");
        let element = document.descendants().find(|node| node.tag_name().name() == "e").expect("e");
        C14nForm { kind, comments, prefixes: Vec::new() }.write(element, None)
    }

    #[test]
    fn the_inclusive_form_takes_what_is_in_scope() {
        let text = "<r xmlns='u' xmlns:a='v' xml:lang='fi' xml:id='x' a:z='1'><s xml:lang='sv'><e b='1'><f xmlns=''/>\
                    <a:g xmlns:a='v' xmlns:c='w'/></e></s></r>";
        let start = "<e xmlns=\"u\" xmlns:a=\"v\" b=\"1\"";
        let end = "><f xmlns=\"\"></f><a:g xmlns:c=\"w\"></a:g></e>";
        let expected = format!("{start} xml:id=\"x\" xml:lang=\"sv\"{end}");
        assert_eq!(with(C14nKind::Inclusive10, false, text), Ok(expected));
        assert_eq!(with(C14nKind::Inclusive11, false, text), Ok(format!("{start} xml:lang=\"sv\"{end}")));
        let based = text.replace("xml:id='x'", "xml:base='x'");
        assert_eq!(with(C14nKind::Inclusive11, false, &based), Err(NotCanonical::BaseAbove));
        assert_eq!(with(C14nKind::Inclusive10, false, "<r xmlns='u'><e xmlns=''/></r>"), Ok("<e></e>".to_owned()));
    }

    #[test]
    fn comments_stay_where_the_form_keeps_them() {
        let text = "<r><e><!-- a -->b</e></r>";
        assert_eq!(with(C14nKind::Exclusive, true, text), Ok("<e><!-- a -->b</e>".to_owned()));
        assert_eq!(with(C14nKind::Inclusive10, true, text), Ok("<e><!-- a -->b</e>".to_owned()));
        assert_eq!(with(C14nKind::Inclusive10, false, text), Ok("<e>b</e>".to_owned()));
    }

    #[test]
    fn a_whole_document_keeps_what_stands_beside_its_element() {
        let text = "<?xml version='1.0'?>\n<?a b?>\n<!--c-->\n<r><s/></r>\n<?d?>\n<!--e-->\n";
        let document = roxmltree::Document::parse(text).expect("well-formed");
        let write = |comments| {
            let form = C14nForm { kind: C14nKind::Inclusive10, comments, prefixes: Vec::new() };
            form.write(document.root(), document.descendants().find(|node| node.has_tag_name("s")))
        };
        assert_eq!(write(true).as_deref(), Ok("<?a b?>\n<!--c-->\n<r></r>\n<?d?>\n<!--e-->"));
        assert_eq!(write(false).as_deref(), Ok("<?a b?>\n<r></r>\n<?d?>"));
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |levels: usize| format!("{}{}", "<e>".repeat(levels), "</e>".repeat(levels));
        let canonical_of =
            |text: &str| canonical(roxmltree::Document::parse(text).expect("well-formed").root_element(), &[]);
        assert_eq!(canonical_of(&nested(512)), Ok(nested(512)));
        assert_eq!(canonical_of(&nested(513)), Err(NotCanonical::TooDeep));
    }
}
