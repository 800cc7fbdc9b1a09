//! Stands before the archive: lets the decision table rule about each document that somebody asks for.

use crate::kanta::archive::{Archive, Candidate};
use crate::profile::{Profile, Ruling};
use crate::state::{Requester, SubjectDocument};

/// Rules about documents for one requester.
#[derive(Clone, Copy)]
pub(in crate::kanta) struct DisclosureCheck<'a> {
    archive: &'a Archive,
    profile: &'a Profile,
    requester: Requester<'a>,
}

impl<'a> DisclosureCheck<'a> {
    /// A check for what this requester asks.
    pub fn new(archive: &'a Archive, profile: &'a Profile, requester: Requester<'a>) -> Self {
        Self { archive, profile, requester }
    }

    /// What the table rules about one document, and by which step.
    pub fn ruling(&self, document: &Candidate) -> (Ruling, &'a str) {
        let subject = SubjectDocument {
            set_id: &document.set_id,
            controller: &document.controller,
            service_task: document.service_task.as_deref(),
            persons: document.persons.iter().map(String::as_str).collect(),
        };
        self.archive.state().ruling(self.profile, self.requester, &subject)
    }

    /// Whether a query for what `controller` holds, or any controller, is refused whatever it would find.
    pub fn refuses(&self, controller: Option<&str>) -> bool {
        self.archive.state().refuses(self.profile, self.requester, controller)
    }

    /// Whether the organisation that asks may use the register of `controller`, and says that it does.
    pub fn uses_access_to(&self, controller: &str) -> bool {
        self.archive.state().uses_access_to(self.requester, controller)
    }
}
