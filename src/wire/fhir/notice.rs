//! What a Bundle of disclosure notices holds, as values placed by JSON pointer.

use serde_json::Value;

use crate::domain::Code;
use crate::wire::{LocatedValue, Location};
use crate::words::Said;

/// A Bundle as it came. Its places carry pointers only; [`crate::wire::json::offsets_of`] finds the
/// offsets in `text` of those that a finding needs.
#[derive(Debug, Clone)]
pub struct NoticeBundle {
    /// The whole text; offsets of part `Bundle` count in it.
    pub text: String,
    /// The parsed JSON, for what the fields below do not tell.
    pub json: Value,
    /// `Bundle.type`.
    pub kind: Option<LocatedValue<String>>,
    /// `Bundle.entry`, in order.
    pub entries: Vec<BundleEntry>,
    /// `Bundle.signature.data`, decoded from Base64 to the detached JWS.
    pub signature: Option<LocatedValue<Result<String, Said>>>,
    /// The persons in the Bundle by their identity codes (identifier system `urn:oid:1.2.246.21`), each
    /// where it stands first, at most twenty.
    pub persons: Vec<LocatedValue<String>>,
}

/// One entry of the Bundle.
#[derive(Debug, Clone)]
pub struct BundleEntry {
    /// `/entry/n`.
    pub spot: Location,
    /// `fullUrl`.
    pub full_url: Option<LocatedValue<String>>,
    /// `request.method` and `request.url`.
    pub request: Option<LocatedValue<(String, String)>>,
    /// What the resource is.
    pub kind: ResourceKind,
    /// `resource.id`.
    pub id: Option<LocatedValue<String>>,
    /// `resource.meta.profile`, all.
    pub profiles: Vec<LocatedValue<String>>,
    /// `resource.contained.id`, all.
    pub contained_ids: Vec<LocatedValue<String>>,
    /// `resource.contained.meta.profile`, all.
    pub contained_profiles: Vec<LocatedValue<String>>,
    pub agents: Vec<Agent>,
    /// AuditEvent: the disclosed items and the client.
    pub entities: Vec<Entity>,
    /// Provenance: `target.reference`, all.
    pub targets: Vec<LocatedValue<String>>,
    /// Provenance: `agent.who.identifier.value` of each agent.
    pub makers: Vec<LocatedValue<String>>,
}

/// `AuditEvent.agent`, its contained party resolved.
#[derive(Debug, Clone)]
pub struct Agent {
    /// `/entry/n/resource/agent/m`.
    pub spot: Location,
    /// Codes of `role`.
    pub roles: Vec<Code>,
    /// `who.reference`.
    pub reference: Option<LocatedValue<String>>,
    /// Resource type of the contained resource that `who` names.
    pub party: Option<LocatedValue<String>>,
    /// Register type of the party's `RegisterType` extension.
    pub register: Option<LocatedValue<Code>>,
    /// `identifier.value` of the party.
    pub identifier: Option<LocatedValue<String>>,
    /// `name` of the party, or that of its first human name.
    pub name: Option<LocatedValue<String>>,
    /// `requestor`.
    pub requestor: Option<bool>,
}

/// `AuditEvent.entity`.
#[derive(Debug, Clone)]
pub struct Entity {
    /// `/entry/n/resource/entity/m`.
    pub spot: Location,
    /// Whether `what` names the client, who is no disclosed item.
    pub is_client: bool,
    /// Identifier of the client, where `what` names one with an identifier.
    pub client: Option<LocatedValue<String>>,
    /// `what.identifier.value`, or the reference.
    pub what: Option<String>,
    /// Whether a general type, a specific type or a description is given.
    pub described: bool,
}

/// Kind of a resource in the Bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResourceKind {
    /// The notice.
    AuditEvent,
    /// Its metadata.
    Provenance,
    /// Any other `resourceType`; empty where none is given.
    Other(String),
}

impl ResourceKind {
    /// The `resourceType`.
    pub fn name(&self) -> &str {
        match self {
            Self::AuditEvent => "AuditEvent",
            Self::Provenance => "Provenance",
            Self::Other(name) => name,
        }
    }
}

impl BundleEntry {
    /// Pointer of the resource.
    pub fn resource(&self) -> String {
        format!("{}/resource", self.spot.path)
    }
}
