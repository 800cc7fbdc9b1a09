//! The paths to bytes of an XML text that has been read already.

use roxmltree::{Document, Node};

use crate::wire::soap::SoapVersion;
use crate::wire::xml::{ReadLimits, parse};
use crate::wire::{Location, Part};

/// The places of the bytes at `offsets` of `text`, each with the path to the innermost element or
/// attribute there. Only findings that come from a search through the whole text need it.
pub fn locate(part: Part, text: &str, offsets: impl IntoIterator<Item = usize>) -> Vec<Location> {
    let document = parse(text, part, &ReadLimits::default()).ok();
    let path = |offset| document.as_ref().and_then(|document| xpath(document, offset)).unwrap_or_default();
    offsets.into_iter().map(|offset| Location::at(part, path(offset), offset)).collect()
}

fn xpath(document: &Document<'_>, offset: usize) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use super::{Part, locate};

    #[test]
    fn the_innermost_holder_is_named() {
        let text = "<a><b>x</b><b k='y'><c>z</c></b></a>";
        let offsets = ["x<", "y'", "z<"].map(|needle| text.find(needle).expect(needle));
        let paths: Vec<String> =
            locate(Part::Document, text, offsets).into_iter().map(|spot| spot.path.into_owned()).collect();
        assert_eq!(paths, ["/a/b[1]", "/a/b[2]/@k", "/a/b[2]/c"]);
    }
}
