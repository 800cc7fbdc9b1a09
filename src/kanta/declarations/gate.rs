//! Stands before the archive: gathers the facts about each document that somebody asks for, and lets the
//! decision table rule.

use std::collections::BTreeMap;

use super::{DisclosureFacts, Standing, SubjectDocument, decide};
use crate::domain::Sector;
use crate::kanta::archive::{Archive, ArchiveError, Candidate};
use crate::profile::{Basis, Opens, Profile, Ruling};

/// Who asks, for whose data, and on what basis.
#[derive(Debug, Clone, Copy)]
pub(in crate::kanta) struct Requester<'a> {
    /// OID of the organisation.
    pub organisation: &'a str,
    /// Identity code of the client whom the query names.
    pub client: Option<&'a str>,
    /// The basis that the message states.
    pub basis: Basis,
}

/// Rules about documents for one requester. What it has asked the archive once it keeps.
pub(in crate::kanta) struct Gate<'a> {
    archive: &'a Archive,
    profile: &'a Profile,
    requester: Requester<'a>,
    standings: BTreeMap<String, Standing>,
    connections: BTreeMap<String, bool>,
    accesses: BTreeMap<String, bool>,
}

impl<'a> Gate<'a> {
    pub fn new(archive: &'a Archive, profile: &'a Profile, requester: Requester<'a>) -> Self {
        let (standings, connections, accesses) = Default::default();
        Self { archive, profile, requester, standings, connections, accesses }
    }

    /// What the table rules about one document, and by which step.
    pub fn ruling(&mut self, document: &Candidate) -> Result<(Ruling, &'a str), ArchiveError> {
        let facts = self.facts(document)?;
        Ok(decide(&facts, &self.profile.disclosure))
    }

    /// Whether a query for what `controller` holds, or any controller, is refused whatever it would find:
    /// whether the table refuses even where every declaration favours it. Nothing that the archive holds
    /// shows in the answer.
    pub fn refuses(&mut self, controller: Option<&str>) -> Result<bool, ArchiveError> {
        let favourable = DisclosureFacts {
            own_register: controller == Some(self.requester.organisation),
            register_access: controller.map_or(Ok(false), |controller| self.uses_access_to(controller))?,
            relevant_connection: self.requester.client.map_or(Ok(false), |client| self.is_connected(client))?,
            statutory: self.requester.basis == Basis::Statutory,
            informed: true,
            permitted: true,
            prohibited: false,
        };
        Ok(decide(&favourable, &self.profile.disclosure).0 == Ruling::Refuse)
    }

    /// Whether the organisation that asks may use the register of `controller`, and says that it does.
    pub fn uses_access_to(&mut self, controller: &str) -> Result<bool, ArchiveError> {
        if self.requester.basis != Basis::RegisterAccess {
            return Ok(false);
        }
        if let Some(has_access) = self.accesses.get(controller) {
            return Ok(*has_access);
        }
        let has_access = self.archive.has_access(self.requester.organisation, controller)?;
        self.accesses.insert(controller.to_owned(), has_access);
        Ok(has_access)
    }

    /// A document of several clients is disclosed only where each of them lets it be.
    fn facts(&mut self, document: &Candidate) -> Result<DisclosureFacts, ArchiveError> {
        let subject = SubjectDocument {
            set_id: &document.set_id,
            controller: &document.controller,
            service_task: document.service_task.as_deref(),
        };
        let (mut informed, mut permitted, mut prohibited) = (true, true, false);
        for person in &document.persons {
            let standing = self.standing(person)?;
            informed &= standing.informed();
            permitted &= standing.permits(Sector::SocialWelfare, Sector::SocialWelfare);
            prohibited |= standing.prohibits(subject);
        }
        Ok(DisclosureFacts {
            own_register: document.controller == self.requester.organisation,
            register_access: self.uses_access_to(&document.controller)?,
            relevant_connection: self.is_connected_to(document)?,
            statutory: self.requester.basis == Basis::Statutory,
            informed,
            permitted,
            prohibited,
        })
    }

    fn is_connected_to(&mut self, document: &Candidate) -> Result<bool, ArchiveError> {
        if let Some(client) = self.requester.client {
            return self.is_connected(client);
        }
        for person in &document.persons {
            if self.is_connected(person)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A valid client relationship in its own register is the organisation's connection with a client.
    fn is_connected(&mut self, client: &str) -> Result<bool, ArchiveError> {
        if let Some(is_connected) = self.connections.get(client) {
            return Ok(*is_connected);
        }
        let opens_relationship =
            self.profile.document_group.iter().filter(|row| row.opens == Some(Opens::Relationship));
        let groups: Vec<&str> = opens_relationship.map(|row| row.code.as_str()).collect();
        let is_connected = self.archive.is_connected(self.requester.organisation, client, &groups)?;
        self.connections.insert(client.to_owned(), is_connected);
        Ok(is_connected)
    }

    fn standing(&mut self, person: &str) -> Result<&Standing, ArchiveError> {
        if !self.standings.contains_key(person) {
            self.standings.insert(person.to_owned(), self.archive.standing(person)?);
        }
        Ok(&self.standings[person])
    }
}
