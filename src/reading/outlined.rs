//! The elements of a message or document, each with the rows of the profile about it.

use crate::profile::{ElementRow, ElementTable};
use crate::wire::Part;
use crate::wire::xml::{Outline, OutlineNode};

/// An outline laid over the table of the profile: looked up once for all rules about elements.
pub struct Outlined<'a> {
    /// Which part of the exchange it is.
    pub part: Part,
    /// What the profile says of its elements.
    pub table: &'a ElementTable,
    /// Whether it is only the beginning of a text with too many elements.
    pub is_cut: bool,
    outline: &'a Outline,
    text: &'a str,
    /// The step of each element, by its number in the outline.
    steps: Vec<Option<usize>>,
}

impl<'a> Outlined<'a> {
    /// The elements of `text` by `table`.
    pub fn new(part: Part, table: &'a ElementTable, outline: &'a Outline, text: &'a str) -> Self {
        let mut steps: Vec<Option<usize>> = Vec::with_capacity(outline.len());
        for node in outline.nodes(text) {
            let step = match node.parent() {
                None => Some(ElementTable::ROOT),
                Some(parent) => steps[parent.index()].and_then(|step| table.step_of(step, node)),
            };
            steps.push(step);
        }
        Self { part, table, is_cut: outline.is_cut(), outline, text, steps }
    }

    /// The elements that the table knows, each with its step.
    pub fn placed(&self) -> impl Iterator<Item = (OutlineNode<'a>, usize)> + '_ {
        self.outline.nodes(self.text).zip(&self.steps).filter_map(|(node, step)| Some((node, (*step)?)))
    }

    /// The root element.
    pub fn root(&self) -> Option<OutlineNode<'a>> {
        self.outline.root(self.text)
    }

    /// The step of `node`.
    pub fn step(&self, node: OutlineNode<'_>) -> Option<usize> {
        self.steps.get(node.index()).copied().flatten()
    }

    /// The elements with each row about them that concerns documents of `group`.
    pub fn rows<'s>(&'s self, group: Option<&'s str>) -> impl Iterator<Item = (OutlineNode<'a>, &'a ElementRow)> + 's {
        let rows = |(node, step)| self.table.rows_of(step).map(move |row| (node, row));
        self.placed().flat_map(rows).filter(move |(_, row)| row.concerns(group))
    }
}
