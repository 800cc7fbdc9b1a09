//! What a Bundle of declarations of intent holds, as values with the JSON pointers of their places.
//! Whatever is missing or of a wrong type is simply not there: the rules say what belongs there.

use serde_json::Value;

use super::node::FhirNode;
use crate::domain::{Code, DeclarationTarget, HETU_ROOT};

/// Most targets of one prohibition that are read.
const MOST_TARGETS: usize = 100;

/// A Consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// `/entry/n/resource`.
    pub pointer: String,
    /// `identifier`, the first one, without `urn:oid:`.
    pub id: Option<String>,
    /// `status`.
    pub status: Option<String>,
    /// `category.coding`, the first one.
    pub category: Option<Code>,
    /// Identity code in `patient.identifier`.
    pub person: Option<String>,
    /// `provision.type`.
    pub provision: Option<String>,
    /// `provision.provision`: the document, service task or controller of each.
    pub targets: Vec<DeclarationTarget>,
}

/// A Provenance of Consents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentProvenance {
    /// `/entry/n/resource`.
    pub pointer: String,
    /// `target.reference`, all.
    pub targets: Vec<String>,
    /// `agent.role.coding` of each agent, the first one.
    pub roles: Vec<Code>,
}

/// The resources of a Bundle of declarations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeclarationBundle {
    /// The Consents, each with its `fullUrl`, in order.
    pub consents: Vec<(Option<String>, Consent)>,
    /// The Provenances, in order.
    pub provenances: Vec<ConsentProvenance>,
    /// Types of all other resources.
    pub others: Vec<String>,
}

impl DeclarationBundle {
    /// The first `most` entries of the Bundle in `json`.
    pub fn read(json: &Value, most: usize) -> Self {
        let mut bundle = Self::default();
        let root = FhirNode { value: json, pointer: String::new() };
        for entry in root.list("/entry").take(most) {
            let Some(resource) = entry.at("/resource") else {
                bundle.others.push(String::new());
                continue;
            };
            match text(&resource, "/resourceType").as_deref() {
                Some("Consent") => bundle.consents.push((text(&entry, "/fullUrl"), consent(&resource))),
                Some("Provenance") => bundle.provenances.push(provenance(&resource)),
                other => bundle.others.push(other.unwrap_or_default().to_owned()),
            }
        }
        bundle
    }
}

fn consent(resource: &FhirNode<'_>) -> Consent {
    let person = text(resource, "/patient/identifier/system").as_deref() == Some(&format!("urn:oid:{HETU_ROOT}"));
    Consent {
        pointer: resource.pointer.clone(),
        id: oid(resource, "/identifier/0/value"),
        status: text(resource, "/status"),
        category: code(resource, "/category/0/coding/0"),
        person: if person { text(resource, "/patient/identifier/value") } else { None },
        provision: text(resource, "/provision/type"),
        targets: resource.list("/provision/provision").take(MOST_TARGETS).filter_map(|node| target(&node)).collect(),
    }
}

fn target(provision: &FhirNode<'_>) -> Option<DeclarationTarget> {
    let document = oid(provision, "/data/0/reference/identifier/value").map(DeclarationTarget::Document);
    let task = || text(provision, "/code/0/coding/0/code").map(DeclarationTarget::ServiceTask);
    let controller = || oid(provision, "/actor/0/reference/identifier/value").map(DeclarationTarget::Controller);
    document.or_else(task).or_else(controller)
}

fn provenance(resource: &FhirNode<'_>) -> ConsentProvenance {
    ConsentProvenance {
        pointer: resource.pointer.clone(),
        targets: resource.list("/target").filter_map(|node| text(&node, "/reference")).collect(),
        roles: resource.list("/agent").filter_map(|agent| code(&agent, "/role/0/coding/0")).collect(),
    }
}

fn code(node: &FhirNode<'_>, pointer: &str) -> Option<Code> {
    let coding = node.at(pointer)?;
    Some(Code::new(text(&coding, "/code")?, text(&coding, "/system").unwrap_or_default()))
}

fn text(node: &FhirNode<'_>, pointer: &str) -> Option<String> {
    node.text(pointer).map(|placed| placed.value).filter(|text| !text.is_empty())
}

fn oid(node: &FhirNode<'_>, pointer: &str) -> Option<String> {
    let text = text(node, pointer)?;
    Some(text.strip_prefix("urn:oid:").unwrap_or(&text).to_owned())
}
