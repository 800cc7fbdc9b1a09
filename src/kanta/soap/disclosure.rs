//! Queries for what other controllers hold: each document is checked, and what is disclosed is
//! logged.

use std::collections::BTreeMap;

use super::archive_call::ArchiveCall;
use crate::evidence::LoggedDisclosure;
use crate::kanta::archive::{ArchiveError, Candidate, Filter, StoredDocument};
use crate::kanta::declarations::DisclosureCheck;
use crate::kanta::open_queries::Scope;
use crate::profile::{Basis, Ruling};
use crate::state::Requester;

/// What a page gives, and what of it is disclosed.
pub(super) struct DisclosedPage {
    pub(super) documents: Vec<StoredDocument>,
    pub(super) disclosures: Vec<LoggedDisclosure>,
}

/// A document that may be given, and the step of the table by which it is disclosed.
type GivenDocuments = (Candidate, Option<String>);

impl ArchiveCall<'_> {
    /// The basis that the message states; use of the own register where it states none that is known.
    pub(super) fn basis(&self) -> Basis {
        let codes = self.reading.frame().map_or(&[][..], |frame| &frame.reason_codes);
        let row = codes.iter().find_map(|code| self.core.profile.use_situation(code));
        row.map_or(Basis::OwnRegister, |row| row.basis)
    }

    /// The check of what this client has, for who asks on this basis.
    pub(super) fn disclosure_check<'a>(&'a self, client: Option<&'a str>, basis: Basis) -> DisclosureCheck<'a> {
        let requester = Requester { organisation: self.sender(), client, basis };
        DisclosureCheck::new(&self.core.archive, &self.core.profile, requester)
    }

    fn disclosure_check_of<'a>(&'a self, scope: &'a Scope) -> DisclosureCheck<'a> {
        self.disclosure_check(scope.client.as_deref(), scope.basis)
    }

    /// Whether the query is refused before anything is looked for. One that names no controller and states
    /// no disclosure is for what the organisation may use anyway.
    pub(super) fn lacks_connection(&self, scope: &Scope) -> bool {
        let states_disclosure = matches!(scope.basis, Basis::Permit | Basis::Statutory);
        if scope.controller.is_none() && !states_disclosure {
            return false;
        }
        self.disclosure_check_of(scope).refuses(scope.controller.as_deref())
    }

    fn is_own_use(&self, scope: &Scope) -> bool {
        scope.controller.as_deref() == Some(self.sender())
    }

    /// Numbers of what `filter` finds and may be given, in order.
    pub(super) fn permitted(&self, filter: &Filter, scope: &Scope) -> Result<Vec<i64>, ArchiveError> {
        if self.is_own_use(scope) {
            return self.core.archive.numbers(filter);
        }
        let given = self.given(self.core.archive.candidates(filter)?, scope);
        Ok(given.into_iter().map(|(candidate, _)| candidate.number).collect())
    }

    /// What may be given of the documents with these numbers, now: one that was nullified or is withheld since
    /// they were found is left out.
    pub(super) fn disclosed(&self, numbers: &[i64], scope: &Scope) -> Result<DisclosedPage, ArchiveError> {
        let (numbers, disclosures) = self.valid(numbers, scope)?;
        let documents = self.core.archive.numbered(&numbers, scope.with_content())?;
        Ok(DisclosedPage { documents, disclosures })
    }

    /// Numbers of what may be given of these, and what of it is disclosed.
    pub(super) fn valid(
        &self,
        numbers: &[i64],
        scope: &Scope,
    ) -> Result<(Vec<i64>, Vec<LoggedDisclosure>), ArchiveError> {
        let mut candidates = self.core.archive.candidates_numbered(numbers)?;
        candidates.retain(|candidate| scope.nullified || !candidate.nullified);
        let given = if self.is_own_use(scope) {
            candidates.into_iter().map(|candidate| (candidate, None)).collect()
        } else {
            self.given(candidates, scope)
        };
        let disclosures = self.logged(&given, scope);
        Ok((given.into_iter().map(|(candidate, _)| candidate.number).collect(), disclosures))
    }

    fn given(&self, candidates: Vec<Candidate>, scope: &Scope) -> Vec<GivenDocuments> {
        let disclosure_check = self.disclosure_check_of(scope);
        let mut given = Vec::new();
        for candidate in candidates {
            match disclosure_check.ruling(&candidate) {
                (Ruling::Use, _) => given.push((candidate, None)),
                (Ruling::Disclose, step) => given.push((candidate, Some(step.to_owned()))),
                (Ruling::Withhold | Ruling::Refuse, _) => {}
            }
        }
        given
    }

    /// One entry for each controller and ground.
    fn logged(&self, given: &[GivenDocuments], scope: &Scope) -> Vec<LoggedDisclosure> {
        let mut entries: BTreeMap<(&str, &str), LoggedDisclosure> = BTreeMap::new();
        for (candidate, step) in given {
            let Some(step) = step else { continue };
            let entry = entries
                .entry((&candidate.controller, step))
                .or_insert_with(|| self.entry(&candidate.controller, step, scope));
            entry.documents.push(candidate.id.clone());
            let new = candidate.persons.iter().filter(|person| !entry.clients.contains(person));
            let new: Vec<String> = new.cloned().collect();
            entry.clients.extend(new);
        }
        entries.into_values().collect()
    }

    fn entry(&self, controller: &str, step: &str, scope: &Scope) -> LoggedDisclosure {
        let frame = self.reading.frame();
        let professional = frame.and_then(|frame| frame.professional.as_ref());
        let situation = self.core.profile.situation_of(scope.basis).map(|row| row.code.clone());
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
            with_content: scope.with_content(),
            documents: Vec::new(),
            request: self.blank_record().message_id.unwrap_or_default(),
            exchange: self.arrival.number,
        }
    }
}
