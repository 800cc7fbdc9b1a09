//! The elements of messages and documents: how often they stand, and what their values are.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::CodeSystem;
use super::order::{ElementOrder, OrderRow};
use crate::domain::Evidence;
use crate::wire::xml::{OutlineNode, Space};

/// Where the metadata of the document stands in a message.
const METADATA: &str = "controlActProcess/subject/clinicalDocument";
/// What turns a step, and those below it, to the namespace of Finland's extensions.
const FINLAND: &str = "hl7fi:";

/// What is known of one element.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ElementRow {
    /// The path below the root element.
    pub path: String,
    /// How often it stands in its parent.
    pub count: Count,
    /// Codes of the document groups that the row concerns; empty for every group.
    #[serde(default)]
    pub groups: Vec<String>,
    /// What its value is.
    #[serde(default)]
    pub kind: Option<ValueKind>,
    /// Name of its code system, or of the root of its identifier, among `code-system`.
    #[serde(default)]
    pub system: Option<String>,
    /// OID of that system.
    #[serde(skip)]
    pub oid: Option<String>,
    /// The codes, or extensions of its identifier, that are known.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Whether there are no others.
    #[serde(default)]
    pub closed: bool,
    /// The attributes that must be there, with their possible values; any value where none is listed.
    #[serde(default)]
    pub attributes: BTreeMap<String, Vec<String>>,
    /// Whether a null flavour may stand in place of its value.
    #[serde(default)]
    pub null: bool,
    /// Whether the comparison of frame and document tells its absence.
    #[serde(default)]
    pub compared: bool,
    /// How well all this is known.
    pub evidence: Evidence,
}

impl ElementRow {
    /// Whether the row says something of documents of `group`.
    pub fn concerns(&self, group: Option<&str>) -> bool {
        self.groups.is_empty() || group.is_some_and(|group| self.groups.iter().any(|listed| listed == group))
    }

    /// The value of `node` as the row has it; `None` where there is none or an empty one.
    pub fn value<'a>(&self, node: OutlineNode<'a>) -> Option<&'a str> {
        let value = match self.kind {
            None => None,
            Some(ValueKind::Code) => node.attribute("code"),
            Some(ValueKind::Oid | ValueKind::OidRoot) => node.attribute("root"),
            Some(ValueKind::Identifier | ValueKind::RegistrationNumber) => {
                node.attribute("root").and_then(|_| node.attribute("extension"))
            }
            Some(ValueKind::Time | ValueKind::Date | ValueKind::Number) => node.attribute("value"),
            Some(ValueKind::Text | ValueKind::OidText) => node.text(),
        };
        value.filter(|value| !value.is_empty())
    }

    /// The attribute that tells of which system the value is.
    pub fn system_attribute(&self) -> &'static str {
        if self.kind == Some(ValueKind::Code) { "codeSystem" } else { "root" }
    }

    /// Whether `node` says what the row asks for: a value, or that there is none where it may.
    pub fn is_held_by(&self, node: OutlineNode<'_>) -> bool {
        if node.is_null() {
            return self.null || self.kind.is_none();
        }
        self.kind.is_none() || self.value(node).is_some()
    }
}

/// How often an element stands in its parent: `1..1`, `0..*`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Count {
    /// At least so often.
    pub least: usize,
    /// At most so often; without bound where `None`.
    pub most: Option<usize>,
}

impl TryFrom<String> for Count {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mistake = || format!("{text} is no count: write it like 0..1, 1..1 or 1..*");
        let (least, most) = text.split_once("..").ok_or_else(mistake)?;
        let least = least.parse().map_err(|_| mistake())?;
        let most = if most == "*" { None } else { Some(most.parse().map_err(|_| mistake())?) };
        if most.is_some_and(|most| most < least) { Err(mistake()) } else { Ok(Self { least, most }) }
    }
}

/// What the value of an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueKind {
    /// `@root`, an OID, and no extension.
    Oid,
    /// `@root`, an OID; an extension or none.
    OidRoot,
    /// `@root`, an OID, and `@extension`.
    Identifier,
    /// An identifier whose extension has eleven digits.
    RegistrationNumber,
    /// `@value`: date, time of day and zone.
    Time,
    /// `@value`: a date, whole or in part.
    Date,
    /// `@code`.
    Code,
    /// `@value`: a whole number from 1.
    Number,
    /// The text of the element.
    Text,
    /// The text of the element, an OID.
    OidText,
}

/// The rows of `[element]` as they are written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ElementRows {
    document: Vec<ElementRow>,
    document_order: Vec<OrderRow>,
    message: Vec<ElementRow>,
    message_order: Vec<OrderRow>,
    metadata: Vec<ElementRow>,
    metadata_order: Vec<OrderRow>,
}

/// What is known of the elements of documents and of messages.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "ElementRows")]
pub struct Elements {
    /// Below `ClinicalDocument`.
    pub document: ElementTable,
    /// Below the message element.
    pub message: ElementTable,
}

impl From<ElementRows> for Elements {
    fn from(written: ElementRows) -> Self {
        let below = |path: &str| format!("{METADATA}/{path}").trim_end_matches('/').to_owned();
        let metadata = written.metadata.into_iter().map(|row| ElementRow { path: below(&row.path), ..row });
        let orders = written.metadata_order.into_iter().map(|row| OrderRow { parent: below(&row.parent), ..row });
        let message = written.message.into_iter().chain(metadata).collect();
        let message_order = written.message_order.into_iter().chain(orders).collect();
        Self {
            document: ElementTable::of(written.document, written.document_order),
            message: ElementTable::of(message, message_order),
        }
    }
}

impl Elements {
    /// Every row.
    pub fn rows(&self) -> impl Iterator<Item = &ElementRow> {
        self.document.rows.iter().chain(&self.message.rows)
    }

    /// Gives each row the OID of the system that it names.
    pub(super) fn resolve(&mut self, systems: &BTreeMap<String, CodeSystem>) {
        for row in self.document.rows.iter_mut().chain(&mut self.message.rows) {
            row.oid = row.system.as_ref().and_then(|name| systems.get(name)).map(|system| system.oid.clone());
        }
    }
}

/// Rows in a tree of their paths, so that an element is looked up among its siblings only.
#[derive(Debug, Clone)]
pub struct ElementTable {
    rows: Vec<ElementRow>,
    steps: Vec<PathStep>,
}

/// One step of the paths.
#[derive(Debug, Clone)]
struct PathStep {
    name: String,
    space: Space,
    rows: Vec<usize>,
    orders: Vec<ElementOrder>,
    below: Vec<usize>,
}

impl ElementTable {
    /// Number of the step that the root element is.
    pub const ROOT: usize = 0;

    fn of(rows: Vec<ElementRow>, orders: Vec<OrderRow>) -> Self {
        let mut table = Self { rows: Vec::new(), steps: vec![PathStep::new("", Space::Hl7)] };
        for row in rows {
            let step = table.step_at(&row.path);
            table.steps[step].rows.push(table.rows.len());
            table.rows.push(row);
        }
        for row in orders {
            let step = table.step_at(&row.parent);
            let named = row.children.iter().map(|written| table.named(step, written));
            let children = named.map(|(name, space)| (name.to_owned(), space)).collect();
            table.steps[step].orders.push(ElementOrder::new(row.evidence, children));
        }
        table
    }

    fn step_at(&mut self, path: &str) -> usize {
        let names = path.split('/').filter(|name| !name.is_empty());
        names.fold(Self::ROOT, |at, name| self.step_to(at, name))
    }

    /// Name and namespace of a child of the step `at`, as the profile writes it.
    fn named<'a>(&self, at: usize, written: &'a str) -> (&'a str, Space) {
        match written.strip_prefix(FINLAND) {
            Some(name) => (name, Space::Finland),
            None => (written, self.steps[at].space),
        }
    }

    fn step_to(&mut self, at: usize, written: &str) -> usize {
        let (name, space) = self.named(at, written);
        let known = self.steps[at].below.iter().find(|step| self.steps[**step].is(name, space)).copied();
        known.unwrap_or_else(|| {
            self.steps.push(PathStep::new(name, space));
            let step = self.steps.len() - 1;
            self.steps[at].below.push(step);
            step
        })
    }

    /// The step that `node` is, its parent being `step`.
    pub fn step_of(&self, step: usize, node: OutlineNode<'_>) -> Option<usize> {
        let (name, space) = (node.name(), node.space());
        self.steps[step].below.iter().find(|step| self.steps[**step].is(name, space)).copied()
    }

    /// How many steps there are.
    pub fn steps(&self) -> usize {
        self.steps.len()
    }

    /// The steps below `step`.
    pub fn below(&self, step: usize) -> &[usize] {
        &self.steps[step].below
    }

    /// The local name of `step`.
    pub fn name(&self, step: usize) -> &str {
        &self.steps[step].name
    }

    /// The orders in which the children of `step` stand.
    pub fn orders_of(&self, step: usize) -> &[ElementOrder] {
        &self.steps[step].orders
    }

    /// The rows of `step`.
    pub fn rows_of(&self, step: usize) -> impl Iterator<Item = &ElementRow> {
        self.steps[step].rows.iter().map(|row| &self.rows[*row])
    }
}

impl PathStep {
    fn new(name: &str, space: Space) -> Self {
        Self { name: name.to_owned(), space, rows: Vec::new(), orders: Vec::new(), below: Vec::new() }
    }

    fn is(&self, name: &str, space: Space) -> bool {
        self.name == name && self.space == space
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, ElementTable, Elements};
    use crate::profile::Profile;
    use crate::wire::xml::{Outline, Space};

    fn elements() -> Elements {
        Profile::read(&Profile::built_in()).expect("built in").element
    }

    #[test]
    fn counts_are_read_as_they_are_written() {
        let count = |text: &str| Count::try_from(text.to_owned());
        assert_eq!(count("1..*"), Ok(Count { least: 1, most: None }));
        assert_eq!(count("0..1"), Ok(Count { least: 0, most: Some(1) }));
        for mistake in ["1", "2..1", "a..b", "1.."] {
            assert!(count(mistake).is_err(), "{mistake}");
        }
    }

    #[test]
    fn an_element_is_found_by_its_way_and_namespace() {
        let table = elements().document;
        let text = "<a xmlns='urn:hl7-org:v3'><h:localSocialHeader xmlns:h='urn:hl7finland'><h:functionCode/>\
                    <functionCode/></h:localSocialHeader></a>";
        let document = roxmltree::Document::parse(text).expect("fixture");
        let outline = Outline::of(document.root_element());
        let header = outline.root(text).and_then(|root| root.child("localSocialHeader")).expect("header");
        let step = table.step_of(ElementTable::ROOT, header).expect("listed");
        let found: Vec<(Space, bool)> =
            header.children().map(|child| (child.space(), table.step_of(step, child).is_some())).collect();
        assert_eq!(found, [(Space::Finland, true), (Space::Hl7, false)]);
    }

    #[test]
    fn an_order_names_children_with_their_namespace() {
        let table = elements().document;
        let text = "<a xmlns='urn:hl7-org:v3'><component/><h:localSocialHeader xmlns:h='urn:hl7finland'/></a>";
        let outline = Outline::of(roxmltree::Document::parse(text).expect("fixture").root_element());
        let children: Vec<_> = outline.root(text).expect("root").children().collect();
        let places = |node| {
            let orders = table.orders_of(ElementTable::ROOT).iter();
            orders.filter_map(|order| order.place_of(node)).collect::<Vec<_>>()
        };
        assert_eq!(places(children[0]).len(), 2, "in the order of CDA and behind the social header");
        assert_eq!(places(children[1]), [1, 0], "behind componentOf and before component");
    }

    #[test]
    fn rows_know_the_oid_of_their_system() {
        assert!(elements().rows().all(|row| row.system.is_some() == row.oid.is_some()));
    }
}
