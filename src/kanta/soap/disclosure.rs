//! Queries for what other controllers hold: each document passes the gate, and what is disclosed is
//! logged.

use std::collections::BTreeMap;

use super::work::Work;
use crate::domain::Operation;
use crate::evidence::LoggedDisclosure;
use crate::kanta::archive::{ArchiveError, Candidate, Filter, Found};
use crate::kanta::declarations::{Gate, Requester};
use crate::profile::{Basis, Ruling};

/// What a query finds, and what of it is disclosed.
pub(super) struct Disclosed {
    pub(super) found: Found,
    pub(super) disclosures: Vec<LoggedDisclosure>,
}

impl Work<'_> {
    /// The basis that the message states; use of the own register where it states none that is known.
    pub(super) fn basis(&self) -> Basis {
        let codes = self.reading.frame().map_or(&[][..], |frame| &frame.reason_codes);
        let row = codes.iter().find_map(|code| self.core.profile.use_situation(code));
        row.map_or(Basis::OwnRegister, |row| row.basis)
    }

    /// The gate before what the query with this client asks for.
    pub(super) fn gate<'a>(&'a self, client: Option<&'a str>) -> Gate<'a> {
        let requester = Requester { organisation: self.sender(), client, basis: self.basis() };
        Gate::new(&self.core.archive, &self.core.profile, requester)
    }

    /// Whose documents are asked for: those of the controller that the query names; else, where it asks for
    /// one document or for a disclosure, those of every controller; else the organisation's own.
    pub(super) fn controller(&self, named: Option<String>) -> Option<String> {
        let of_all = self.operation == Operation::Retrieve || matches!(self.basis(), Basis::Permit | Basis::Statutory);
        named.or_else(|| (!of_all).then(|| self.sender().to_owned()))
    }

    /// Whether the query is refused before anything is looked for. One that names no controller and states
    /// no disclosure is for what the organisation may use anyway.
    pub(super) fn lacks_connection(&self, filter: &Filter) -> Result<bool, ArchiveError> {
        let states_disclosure = matches!(self.basis(), Basis::Permit | Basis::Statutory);
        if filter.controller.is_none() && !states_disclosure {
            return Ok(false);
        }
        self.gate(filter.person.as_deref()).refuses(filter.controller.as_deref())
    }

    /// What `filter` finds and may be given.
    pub(super) fn permitted(&self, filter: &Filter) -> Result<Disclosed, ArchiveError> {
        if filter.controller.as_deref() == Some(self.sender()) {
            return Ok(Disclosed { found: self.core.archive.search(filter)?, disclosures: Vec::new() });
        }
        let mut gate = self.gate(filter.person.as_deref());
        let mut given = Vec::new();
        for candidate in self.core.archive.candidates(filter)? {
            match gate.ruling(&candidate)? {
                (Ruling::Use, _) => given.push((candidate, None)),
                (Ruling::Disclose, step) => given.push((candidate, Some(step))),
                (Ruling::Withhold | Ruling::Refuse, _) => {}
            }
        }
        let total = given.len();
        given.truncate(filter.quantity);
        let numbers: Vec<i64> = given.iter().map(|(candidate, _)| candidate.number).collect();
        let documents = self.core.archive.numbered(&numbers)?;
        Ok(Disclosed { found: Found { documents, total }, disclosures: self.logged(&given) })
    }

    /// One entry for each controller and ground.
    fn logged(&self, given: &[(Candidate, Option<&str>)]) -> Vec<LoggedDisclosure> {
        let mut entries: BTreeMap<(&str, &str), LoggedDisclosure> = BTreeMap::new();
        for (candidate, step) in given {
            let Some(step) = step else { continue };
            let entry =
                entries.entry((&candidate.controller, step)).or_insert_with(|| self.entry(&candidate.controller, step));
            entry.documents.push(candidate.id.clone());
            let new = candidate.persons.iter().filter(|person| !entry.clients.contains(person));
            let new: Vec<String> = new.cloned().collect();
            entry.clients.extend(new);
        }
        entries.into_values().collect()
    }

    fn entry(&self, controller: &str, step: &str) -> LoggedDisclosure {
        let frame = self.reading.frame();
        let professional = frame.and_then(|frame| frame.professional.as_ref());
        let situation = self.core.profile.situation_of(self.basis()).map(|row| row.code.clone());
        LoggedDisclosure {
            number: 0,
            at: self.arrival.received,
            controller: controller.to_owned(),
            recipient: self.sender().to_owned(),
            unit: professional.and_then(|one| one.unit.as_ref()).map(|unit| unit.value.clone()),
            user: professional.and_then(|one| one.id.as_ref()).map(|id| id.extension.clone()),
            clients: Vec::new(),
            situation: situation.unwrap_or_default(),
            ground: step.to_owned(),
            with_content: self.operation != Operation::SearchMetadata,
            documents: Vec::new(),
            request: self.blank_account().message_id.unwrap_or_default(),
            exchange: self.arrival.number,
        }
    }
}
