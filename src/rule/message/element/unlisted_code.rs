//! Codes that the profile does not list.

use crate::profile::ElementRow;
use crate::wire::xml::OutlineNode;

/// The code of `node`, where `row` lists codes and not this one. A code of another system is another finding.
pub(super) fn unlisted_code<'a>(node: OutlineNode<'a>, row: &ElementRow) -> Option<&'a str> {
    let code = row.value(node).filter(|_| !row.codes.is_empty())?;
    let of_system = row.oid.as_deref().is_none_or(|oid| node.attribute(row.system_attribute()) == Some(oid));
    (of_system && !row.codes.iter().any(|known| known == code)).then_some(code)
}
