//! What of the archive may be given to whom: the facts of one document before the profile's table.

use super::archive_state::ArchiveState;
use super::decide::{DisclosureFacts, Requester, SubjectDocument, decide};
use super::documents::Version;
use crate::domain::{DeclarationTarget, Declared, Sector};
use crate::profile::{Basis, Profile, Ruling};

impl ArchiveState {
    /// What the profile's table rules about one document, and by which step.
    pub fn ruling<'p>(
        &self,
        profile: &'p Profile,
        requester: Requester<'_>,
        document: &SubjectDocument<'_>,
    ) -> (Ruling, &'p str) {
        decide(&self.disclosure_facts(requester, document), &profile.disclosure)
    }

    /// Whether a query for what `controller` holds, or any controller, is refused whatever it would find:
    /// whether the table refuses even where every declaration favours it. Nothing that the archive holds
    /// shows in the answer.
    pub fn refuses(&self, profile: &Profile, requester: Requester<'_>, controller: Option<&str>) -> bool {
        let favourable = DisclosureFacts {
            own_register: controller == Some(requester.organisation),
            register_access: controller.is_some_and(|controller| self.uses_access_to(requester, controller)),
            relevant_connection: requester.client.is_some_and(|client| self.is_connected(requester, client)),
            statutory: requester.basis == Basis::Statutory,
            informed: true,
            permitted: true,
            prohibited: false,
        };
        decide(&favourable, &profile.disclosure).0 == Ruling::Refuse
    }

    /// Whether the organisation that asks may use the register of `controller`, and says that it does.
    pub fn uses_access_to(&self, requester: Requester<'_>, controller: &str) -> bool {
        requester.basis == Basis::RegisterAccess && self.has_access(requester.organisation, controller)
    }

    /// A document of several clients is disclosed only where each of them lets it be.
    fn disclosure_facts(&self, requester: Requester<'_>, document: &SubjectDocument<'_>) -> DisclosureFacts {
        let persons = || document.persons.iter().copied();
        let is_connected = match requester.client {
            Some(client) => self.is_connected(requester, client),
            None => persons().any(|person| self.is_connected(requester, person)),
        };
        DisclosureFacts {
            own_register: document.controller == requester.organisation,
            register_access: self.uses_access_to(requester, document.controller),
            relevant_connection: is_connected,
            statutory: requester.basis == Basis::Statutory,
            informed: persons().all(|person| self.is_informed(person)),
            permitted: persons().all(|person| self.permits(person, Sector::SocialWelfare, Sector::SocialWelfare)),
            prohibited: persons().any(|person| self.prohibits(person, document)),
        }
    }

    /// A valid client relationship in its own register is the organisation's connection with a client.
    fn is_connected(&self, requester: Requester<'_>, client: &str) -> bool {
        self.documents.has_relationship(requester.organisation, client)
    }

    /// Whether data of one sector may go to the other.
    fn permits(&self, person: &str, from: Sector, to: Sector) -> bool {
        self.declarations.in_force(person).any(|declared| *declared == Declared::Permit { from, to })
    }

    /// Whether a prohibition of `person` meets the document. One that names a version meets every version of its set.
    fn prohibits(&self, person: &str, document: &SubjectDocument<'_>) -> bool {
        let targets = self.declarations.in_force(person).filter_map(|declared| match declared {
            Declared::Prohibition { targets } => Some(targets),
            Declared::Information | Declared::Permit { .. } => None,
        });
        let set_of = |id: &str| self.documents.version(id).map(Version::set_id);
        targets.flatten().any(|target| match target {
            DeclarationTarget::Document(id) => id == document.set_id || set_of(id) == Some(document.set_id),
            DeclarationTarget::ServiceTask(code) => document.service_task == Some(code.as_str()),
            DeclarationTarget::Controller(oid) => oid == document.controller,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::SubjectDocument;
    use crate::domain::Sector::{HealthCare, SocialWelfare};
    use crate::domain::{DeclarationTarget, Declared};
    use crate::state::{ArchiveState, DocumentVersion, Fact, Fingerprint};

    const PERSON: &str = "010181-900C";

    fn document() -> SubjectDocument<'static> {
        SubjectDocument { set_id: "1.2.3", controller: "1.2", service_task: Some("24"), persons: vec![PERSON] }
    }

    fn declaring(declared: Declared) -> ArchiveState {
        let second = DocumentVersion {
            id: "1.2.33".to_owned(),
            set_id: "1.2.3".to_owned(),
            version: 2,
            persons: vec![PERSON.to_owned()],
            controller: "1.2".to_owned(),
            service_task: None,
            opens: None,
            nullified: false,
            content: Fingerprint::of(""),
        };
        let declared = Fact::Declared { id: "1".to_owned(), person: PERSON.to_owned(), declared };
        ArchiveState::of(&[Fact::Stored(second), declared])
    }

    fn forbidding(target: DeclarationTarget) -> ArchiveState {
        declaring(Declared::Prohibition { targets: vec![target] })
    }

    #[test]
    fn a_prohibition_meets_its_target_and_nothing_else() {
        let text = str::to_owned;
        let meets = [
            DeclarationTarget::Document(text("1.2.3")),
            DeclarationTarget::Document(text("1.2.33")),
            DeclarationTarget::ServiceTask(text("24")),
            DeclarationTarget::Controller(text("1.2")),
        ];
        assert!(meets.into_iter().all(|target| forbidding(target).prohibits(PERSON, &document())));
        let misses = [
            DeclarationTarget::Document(text("1.2.4")),
            DeclarationTarget::ServiceTask(text("15")),
            DeclarationTarget::Controller(text("1.2.3")),
        ];
        assert!(!misses.into_iter().any(|target| forbidding(target).prohibits(PERSON, &document())));
        assert!(!ArchiveState::default().prohibits(PERSON, &document()));
        let taskless = SubjectDocument { service_task: None, ..document() };
        assert!(!forbidding(DeclarationTarget::ServiceTask(String::new())).prohibits(PERSON, &taskless));
    }

    #[test]
    fn each_direction_has_a_permit_of_its_own() {
        let state = declaring(Declared::Permit { from: HealthCare, to: HealthCare });
        assert!(state.permits(PERSON, HealthCare, HealthCare) && !state.permits(PERSON, SocialWelfare, SocialWelfare));
        assert!(!state.permits(PERSON, HealthCare, SocialWelfare) && !state.is_informed(PERSON));
    }
}
