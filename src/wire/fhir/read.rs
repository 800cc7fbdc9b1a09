//! Bytes to a Bundle of notices. Whatever is missing or of a wrong type is simply not there: the rules
//! say what belongs there.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::node::FhirNode;
use super::{Agent, BundleEntry, Entity, NoticeBundle, ResourceKind};
use crate::domain::{Code, HETU_ROOT};
use crate::wire::b64::said_of;
use crate::wire::json::{self, JsonError, JsonLimits};
use crate::wire::{LocatedValue, Location, Part};
use crate::words::{Said, said};

/// Last part of the URL of the extension with the register type of a controller.
const REGISTER_TYPE: &str = "/RegisterType";
/// Most persons that are read. A Bundle is about one, so the rest tell nothing more.
const MOST_PERSONS: usize = 20;

/// Bounds of a Bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BundleLimits {
    /// Bounds of its JSON.
    pub json: JsonLimits,
    /// Most entries that are read; what stands after them is only in `json`.
    pub entries: usize,
}

/// The Bundle in `bytes`.
///
/// # Errors
/// Bytes that are no JSON within the limits, with the place. JSON that is no Bundle is none here: its
/// fields are empty.
pub fn read_bundle(bytes: &[u8], limits: BundleLimits) -> Result<NoticeBundle, JsonError> {
    let located = json::parse(bytes, Part::Bundle, limits.json)?;
    let root = FhirNode { value: &located.value, pointer: String::new() };
    let kind = root.text("/type");
    let entries = root.list("/entry").take(limits.entries).map(|node| entry(&node)).collect();
    let signature = root.text("/signature/data").map(|data| LocatedValue::new(decode(&data.value), data.spot));
    let persons = persons(&located.value);
    Ok(NoticeBundle { kind, entries, signature, persons, json: located.value, text: located.text })
}

fn decode(data: &str) -> Result<String, Said> {
    let bytes = STANDARD.decode(data).map_err(|error| said::no_base64(said_of(&error)))?;
    String::from_utf8(bytes).map_err(|_| said::no_text_in_utf_8())
}

fn entry(node: &FhirNode<'_>) -> BundleEntry {
    let resource = node.at("/resource").unwrap_or(FhirNode { value: &Value::Null, pointer: String::new() });
    let contained = contained(&resource);
    BundleEntry {
        spot: node.spot(),
        full_url: node.text("/fullUrl"),
        request: request(node),
        kind: kind(&resource),
        id: resource.text("/id"),
        profiles: profiles(&resource),
        contained_ids: resource.list("/contained").filter_map(|inner| inner.text("/id")).collect(),
        contained_profiles: resource.list("/contained").flat_map(|inner| profiles(&inner)).collect(),
        agents: resource.list("/agent").map(|node| agent(&node, &contained)).collect(),
        entities: resource.list("/entity").map(|node| entity(&node, &contained)).collect(),
        targets: resource.list("/target").filter_map(|target| target.text("/reference")).collect(),
        makers: resource.list("/agent").filter_map(|agent| agent.text("/who/identifier/value")).collect(),
    }
}

fn profiles(resource: &FhirNode<'_>) -> Vec<LocatedValue<String>> {
    resource.list("/meta/profile").filter_map(|profile| profile.text("")).collect()
}

fn request(node: &FhirNode<'_>) -> Option<LocatedValue<(String, String)>> {
    let request = node.at("/request")?;
    let text = |relative| request.text(relative).map_or_else(String::new, |placed| placed.value);
    Some(LocatedValue::new((text("/method"), text("/url")), request.spot()))
}

fn kind(resource: &FhirNode<'_>) -> ResourceKind {
    match resource.value["resourceType"].as_str() {
        Some("AuditEvent") => ResourceKind::AuditEvent,
        Some("Provenance") => ResourceKind::Provenance,
        other => ResourceKind::Other(other.unwrap_or_default().to_owned()),
    }
}

/// The contained resources by the reference that names them.
fn contained<'a>(resource: &FhirNode<'a>) -> HashMap<String, FhirNode<'a>> {
    let named = |node: FhirNode<'a>| Some((format!("#{}", node.value["id"].as_str()?), node));
    resource.list("/contained").filter_map(named).collect()
}

fn agent(node: &FhirNode<'_>, contained: &HashMap<String, FhirNode<'_>>) -> Agent {
    let reference = node.text("/who/reference");
    let party = reference.as_ref().and_then(|reference| contained.get(&reference.value));
    let codings = node.list("/role").flat_map(|role| role.list("/coding").collect::<Vec<_>>());
    Agent {
        spot: node.spot(),
        roles: codings.map(|coding| code(coding.value)).collect(),
        party: party.and_then(|party| party.text("/resourceType")),
        register: party.and_then(register),
        identifier: party.and_then(|party| party.text("/identifier/0/value")),
        name: party.and_then(name),
        requestor: node.value["requestor"].as_bool(),
        reference,
    }
}

fn register(party: &FhirNode<'_>) -> Option<LocatedValue<Code>> {
    let is_register = |node: &FhirNode<'_>| node.value["url"].as_str().is_some_and(|url| url.ends_with(REGISTER_TYPE));
    let coding = party.list("/extension").find(is_register)?.at("/valueCoding")?;
    Some(LocatedValue::new(code(coding.value), coding.spot()))
}

fn name(party: &FhirNode<'_>) -> Option<LocatedValue<String>> {
    party.text("/name").or_else(|| party.text("/name/0/text")).or_else(|| party.text("/name/0/family"))
}

/// A Coding; the system loses its `urn:oid:`.
fn code(coding: &Value) -> Code {
    let system = coding["system"].as_str().unwrap_or_default();
    Code::new(coding["code"].as_str().unwrap_or_default(), system.strip_prefix("urn:oid:").unwrap_or(system))
}

fn entity(node: &FhirNode<'_>, contained: &HashMap<String, FhirNode<'_>>) -> Entity {
    let what = node.text("/what/identifier/value").or_else(|| node.text("/what/reference"));
    let party = what.as_ref().and_then(|what| contained.get(&what.value));
    let patient = party.filter(|party| party.value["resourceType"] == "Patient");
    let of_person = node.value.pointer("/what/identifier/system").is_some_and(is_person_system);
    let named_here = what.clone().filter(|_| of_person);
    Entity {
        spot: node.spot(),
        is_client: of_person || patient.is_some(),
        client: named_here.or_else(|| patient.and_then(|patient| patient.text("/identifier/0/value"))),
        what: what.map(|what| what.value),
        described: is_described(node),
    }
}

fn is_described(node: &FhirNode<'_>) -> bool {
    let extended = || node.list("/extension").any(|extension| extension.text("/valueCoding/code").is_some());
    node.text("/type/code").is_some() || node.text("/description").is_some() || extended()
}

fn is_person_system(system: &Value) -> bool {
    system.as_str().and_then(|system| system.strip_prefix("urn:oid:")) == Some(HETU_ROOT)
}

/// Each identity code that names a person, where it stands first.
fn persons(root: &Value) -> Vec<LocatedValue<String>> {
    let mut persons: Vec<LocatedValue<String>> = Vec::new();
    json::walk(root, &mut |pointer, value| {
        let Value::Object(identifier) = value else { return };
        if let (Some(system), Some(Value::String(code))) = (identifier.get("system"), identifier.get("value"))
            && is_person_system(system)
            && persons.len() < MOST_PERSONS
            && !persons.iter().any(|known| known.value == *code)
        {
            persons.push(LocatedValue::new(code.clone(), Location::path(Part::Bundle, format!("{pointer}/value"))));
        }
    });
    persons
}
