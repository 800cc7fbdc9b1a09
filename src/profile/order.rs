//! The order in which elements stand in their parent.

use serde::Deserialize;

use crate::domain::Evidence;
use crate::wire::xml::{OutlineNode, Space};

/// Children of one element in their order. Those that it does not name may stand anywhere.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderRow {
    /// The path of the parent below the root element; empty for the root element itself.
    pub(super) parent: String,
    /// Names of the children.
    pub(super) children: Vec<String>,
    /// How well the order is known.
    pub(super) evidence: Evidence,
}

/// [`OrderRow`] with the namespaces of the children.
#[derive(Debug, Clone)]
pub struct ElementOrder {
    /// How well it is known.
    pub evidence: Evidence,
    children: Vec<(String, Space)>,
}

impl ElementOrder {
    pub(super) fn new(evidence: Evidence, children: Vec<(String, Space)>) -> Self {
        Self { evidence, children }
    }

    /// The place of `node` among its siblings, where the order names it.
    pub fn place_of(&self, node: OutlineNode<'_>) -> Option<usize> {
        let (own, own_space) = (node.name(), node.space());
        self.children.iter().position(|(name, space)| name == own && *space == own_space)
    }
}
