//! Exclusive XML canonicalisation 1.0 without comments (<https://www.w3.org/TR/xml-exc-c14n/>) of one
//! element of a document.

use roxmltree::{Attribute, Node};

use crate::wire::bytes;
use crate::words::{Said, said};

/// Levels that are canonicalised; the walk is recursive, and this many fit the smallest thread.
const DEEPEST: usize = 512;

/// The element is nested too deep to be canonicalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nested deeper than {DEEPEST} levels")]
pub struct TooDeep;

impl TooDeep {
    /// The same, to be told in any language.
    pub fn said(self) -> Said {
        said::nested_deeper_than_levels(DEEPEST)
    }
}

/// The canonical form of `element`. `inclusive` are the prefixes of `InclusiveNamespaces`, with
/// `#default` for the default namespace.
///
/// # Errors
/// Nested deeper than 512 levels.
pub fn canonical(element: Node<'_, '_>, inclusive: &[&str]) -> Result<String, TooDeep> {
    let mut writer = Writer { out: String::with_capacity(element.range().len()), rendered: Vec::new(), inclusive };
    writer.element(element, DEEPEST)?;
    Ok(writer.out)
}

struct Writer<'a, 'n> {
    out: String,
    /// Declarations written by the open elements, innermost last.
    rendered: Vec<(&'n str, &'n str)>,
    inclusive: &'a [&'a str],
}

impl<'n> Writer<'_, 'n> {
    fn element(&mut self, node: Node<'n, '_>, levels: usize) -> Result<(), TooDeep> {
        let levels = levels.checked_sub(1).ok_or(TooDeep)?;
        let name = written_name(node);
        let outer = self.rendered.len();
        self.out.push('<');
        self.out.push_str(name);
        self.namespaces(node, name);
        self.attributes(node);
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

    fn child(&mut self, node: Node<'n, '_>, levels: usize) -> Result<(), TooDeep> {
        if node.is_element() {
            return self.element(node, levels);
        }
        if let Some(instruction) = node.pi() {
            self.instruction(instruction.target, instruction.value);
        } else if node.is_text() {
            self.escaped(node.text().unwrap_or_default(), text_escape);
        }
        Ok(())
    }

    /// The parser leaves line ends in instructions as they were; canonical form has LF only.
    fn instruction(&mut self, target: &str, value: Option<&str>) {
        self.out.push_str("<?");
        self.out.push_str(target);
        if let Some(value) = value {
            self.out.push(' ');
            self.out.push_str(&value.replace("\r\n", "\n").replace('\r', "\n"));
        }
        self.out.push_str("?>");
    }

    fn namespaces(&mut self, node: Node<'n, '_>, name: &'n str) {
        let mut needed: Vec<(&str, &str)> = node
            .attributes()
            .filter_map(|attribute| Some((prefix(written_attribute(node, &attribute))?, attribute.namespace()?)))
            .collect();
        needed.push((prefix(name).unwrap_or_default(), node.tag_name().namespace().unwrap_or_default()));
        for &listed in self.inclusive {
            needed.extend(in_scope(node, listed));
        }
        needed.sort_unstable();
        needed.dedup();
        for (prefix, uri) in needed {
            self.namespace(prefix, uri);
        }
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

    fn attributes(&mut self, node: Node<'n, '_>) {
        let mut attributes: Vec<_> = node.attributes().collect();
        attributes.sort_unstable_by_key(|attribute| (attribute.namespace().unwrap_or_default(), attribute.name()));
        for attribute in attributes {
            self.out.push(' ');
            self.out.push_str(written_attribute(node, &attribute));
            self.quoted(attribute.value());
        }
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
    use super::{TooDeep, canonical};

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

    #[test]
    fn depth_is_bounded() {
        let nested = |levels: usize| format!("{}{}", "<e>".repeat(levels), "</e>".repeat(levels));
        let canonical_of =
            |text: &str| canonical(roxmltree::Document::parse(text).expect("well-formed").root_element(), &[]);
        assert_eq!(canonical_of(&nested(512)), Ok(nested(512)));
        assert_eq!(canonical_of(&nested(513)), Err(TooDeep));
    }
}
