//! Versions of documents, by what is asked of them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::decide::SubjectDocument;
use super::fact::DocumentVersion;
use super::fingerprint::Fingerprint;
use super::knowledge::KnownVersion;
use crate::profile::Opens;

/// Every version, without its content. One costs some 400 bytes: identifiers stand once, names of controllers and
/// persons are shared.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Documents {
    versions: Vec<Version>,
    by_id: HashMap<Arc<str>, u32>,
    /// The version of each set that came last.
    last_of_set: HashMap<Arc<str>, u32>,
    openings: HashMap<Arc<str>, Vec<u32>>,
    of_person: HashMap<Arc<str>, Vec<u32>>,
    shared: HashSet<Arc<str>>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Version {
    id: Arc<str>,
    set_id: Arc<str>,
    controller: Arc<str>,
    persons: Box<[Arc<str>]>,
    service_task: Option<Arc<str>>,
    opens: Option<Opens>,
    number: u32,
    nullified: bool,
    /// The version of the same set that came before it.
    before: Option<u32>,
    content: Fingerprint,
}

impl Documents {
    /// Takes a version in. One whose identifier is taken changes nothing.
    pub fn store(&mut self, version: &DocumentVersion) {
        let Ok(place) = u32::try_from(self.versions.len()) else { return };
        if self.by_id.contains_key(version.id.as_str()) {
            return;
        }
        let id: Arc<str> = version.id.as_str().into();
        let known_set = self.last_of_set.get_key_value(version.set_id.as_str()).map(|(set_id, _)| Arc::clone(set_id));
        let of_first = || if version.set_id == version.id { Arc::clone(&id) } else { version.set_id.as_str().into() };
        let set_id = known_set.unwrap_or_else(of_first);
        let before = self.last_of_set.insert(Arc::clone(&set_id), place);
        if let Some(opened) = &version.opens {
            self.openings.entry(opened.id.as_str().into()).or_default().push(place);
        }
        let persons: Box<[Arc<str>]> = version.persons.iter().map(|person| self.shared(person)).collect();
        for person in &persons {
            self.of_person.entry(Arc::clone(person)).or_default().push(place);
        }
        self.by_id.insert(Arc::clone(&id), place);
        let kept = Version {
            id,
            controller: self.shared(&version.controller),
            persons,
            service_task: version.service_task.as_ref().map(|task| self.shared(task)),
            opens: version.opens.as_ref().map(|opened| opened.kind),
            number: version.version,
            nullified: version.nullified,
            before,
            content: version.content,
            set_id,
        };
        self.versions.push(kept);
        if version.nullified {
            self.nullify(&version.set_id);
        }
    }

    /// Nullifies every version of a set.
    pub fn nullify(&mut self, set_id: &str) {
        let mut next = self.last_of_set.get(set_id).copied();
        while let Some(version) = next.and_then(|place| self.versions.get_mut(place as usize)) {
            version.nullified = true;
            next = version.before;
        }
    }

    /// The version with this identifier.
    pub fn version(&self, id: &str) -> Option<&Version> {
        self.at(*self.by_id.get(id)?)
    }

    /// The newest version of a set.
    pub fn newest(&self, set_id: &str) -> Option<&Version> {
        self.of_set(set_id).max_by_key(|version| version.number)
    }

    /// Controllers of the valid documents that open the client relationship or matter `id`.
    pub fn openings(&self, kind: Opens, id: &str) -> impl Iterator<Item = &str> {
        let documents = self.openings.get(id).into_iter().flatten().filter_map(|place| self.at(*place));
        let valid = documents.filter(move |version| version.opens == Some(kind) && !version.nullified);
        valid.map(|version| &*version.controller)
    }

    /// Whether `controller` holds a valid document about `person` that opens a client relationship.
    pub fn has_relationship(&self, controller: &str, person: &str) -> bool {
        let of_person = self.of_person.get(person).into_iter().flatten().filter_map(|place| self.at(*place));
        let mut own = of_person.filter(|version| &*version.controller == controller && !version.nullified);
        own.any(|version| version.opens == Some(Opens::Relationship))
    }

    /// The version as rules see it.
    pub fn known(&self, version: &Version) -> KnownVersion {
        KnownVersion {
            id: version.id.to_string(),
            set_id: version.set_id.to_string(),
            version: version.number,
            controller: version.controller.to_string(),
            newest: self.of_set(&version.set_id).all(|other| other.number <= version.number),
            nullified: version.nullified,
            content: version.content,
        }
    }

    fn at(&self, place: u32) -> Option<&Version> {
        self.versions.get(place as usize)
    }

    fn of_set(&self, set_id: &str) -> impl Iterator<Item = &Version> {
        let last = self.last_of_set.get(set_id).and_then(|place| self.at(*place));
        std::iter::successors(last, |version| self.at(version.before?))
    }

    fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(shared) = self.shared.get(text) {
            return Arc::clone(shared);
        }
        let new: Arc<str> = text.into();
        self.shared.insert(Arc::clone(&new));
        new
    }
}

impl Version {
    /// The document before the question whether it may be disclosed.
    pub fn subject(&self) -> SubjectDocument<'_> {
        SubjectDocument {
            set_id: &self.set_id,
            controller: &self.controller,
            service_task: self.service_task.as_deref(),
            persons: self.persons.iter().map(|person| &**person).collect(),
        }
    }

    /// Identifier of its set.
    pub fn set_id(&self) -> &str {
        &self.set_id
    }
}
