//! Exclusive XML canonicalisation 1.0 without comments (<https://www.w3.org/TR/xml-exc-c14n/>) of one
//! element of a document.

use roxmltree::{Attribute, Node};

/// Levels that are canonicalised; the walk is recursive, and this many fit the smallest thread.
const DEEPEST: usize = 512;

/// The element is nested too deep to be canonicalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nested deeper than {DEEPEST} levels")]
pub struct TooDeep;

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

    fn escaped(&mut self, text: &str, escape: fn(u8) -> Option<&'static str>) {
        let mut written = 0;
        for (at, byte) in text.bytes().enumerate() {
            if let Some(reference) = escape(byte) {
                self.out.push_str(&text[written..at]);
                self.out.push_str(reference);
                written = at + 1;
            }
        }
        self.out.push_str(&text[written..]);
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
