//! The path to a byte of a text that has been read already.

use roxmltree::{Document, Node};

use crate::wire::json::{JsonLimits, offsets_of, parse, walk};
use crate::wire::soap::SoapVersion;
use crate::wire::{Part, Spot};

/// The place of byte `offset` of `text`, with the path to the innermost element, attribute or value
/// there. Only findings that come from a search through the whole text need it.
pub fn locate(part: Part, text: &str, offset: usize) -> Spot {
    let path = if part == Part::Json { pointer(text, offset) } else { xpath(text, offset) };
    Spot { part, path: path.unwrap_or_default().into(), offset: Some(offset) }
}

fn xpath(text: &str, offset: usize) -> Option<String> {
    let document = Document::parse(text).ok()?;
    let holds = |node: &Node<'_, '_>| node.is_element() && node.range().contains(&offset);
    let element = document.descendants().rfind(holds)?;
    let attribute = element.attributes().find(|attribute| attribute.range().contains(&offset));
    let attribute = attribute.map(|attribute| format!("/@{}", attribute.name())).unwrap_or_default();
    let steps: Vec<String> = element.ancestors().filter(is_step).map(step).collect();
    let path: String = steps.iter().rev().map(|step| format!("/{step}")).collect();
    Some(path + &attribute)
}

/// Paths in a message begin at the message element, as everywhere.
fn is_step(node: &Node<'_, '_>) -> bool {
    let is_envelope = |version: SoapVersion| node.tag_name().namespace() == Some(version.namespace());
    node.is_element() && ![SoapVersion::Soap11, SoapVersion::Soap12].into_iter().any(is_envelope)
}

fn step(element: Node<'_, '_>) -> String {
    let name = element.tag_name().name();
    let namesakes = |node: &Node<'_, '_>| node.is_element() && node.tag_name() == element.tag_name();
    let before = element.prev_siblings().skip(1).filter(namesakes).count();
    let after = element.next_siblings().skip(1).filter(namesakes).count();
    if before + after == 0 { name.to_owned() } else { format!("{name}[{}]", before + 1) }
}

/// The last value that starts before the byte is the innermost one that holds it.
fn pointer(text: &str, offset: usize) -> Option<String> {
    let limits = JsonLimits { bytes: text.len(), depth: usize::MAX };
    let json = parse(text.as_bytes(), Part::Json, limits).ok()?;
    let mut pointers = Vec::new();
    walk(&json.value, &mut |pointer, _| pointers.push(pointer.to_owned()));
    let offsets = offsets_of(text, pointers.iter().map(String::as_str));
    let starts_before = offsets.into_iter().filter(|(_, start)| *start <= offset);
    starts_before.max_by_key(|(pointer, start)| (*start, pointer.len())).map(|(pointer, _)| pointer.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Part, locate};

    #[test]
    fn the_innermost_holder_is_named() {
        let xml = "<a><b>x</b><b k='y'><c>z</c></b></a>";
        for (needle, path) in [("x<", "/a/b[1]"), ("y'", "/a/b[2]/@k"), ("z<", "/a/b[2]/c")] {
            assert_eq!(locate(Part::Document, xml, xml.find(needle).expect(needle)).path, path);
        }
        let json = r#"{"a":[1,{"b":"see x"}],"c":2}"#;
        assert_eq!(locate(Part::Json, json, json.find('x').expect("x")).path, "/a/1/b");
    }
}
