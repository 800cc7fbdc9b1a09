//! The state of the archive: what follows from the facts so far.

use std::collections::{BTreeSet, HashMap};

use super::declarations::{DeclarationState, Declarations};
use super::documents::{Documents, Version};
use super::fact::Fact;
use super::fingerprint::Fingerprint;
use super::knowledge::{Earlier, KnownVersion};
use crate::domain::Declared;

/// What Kanta knows. It holds identifiers, fingerprints and flags, and the content of nothing: some 400 bytes a
/// version of a document, some 70 bytes a message, request or resource.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ArchiveState {
    pub(super) documents: Documents,
    pub(super) declarations: Declarations,
    /// Who may use whose register.
    access: BTreeSet<(String, String)>,
    messages: HashMap<Fingerprint, FirstMessage>,
    requests: HashMap<Fingerprint, Fingerprint>,
    resources: HashMap<Fingerprint, Fingerprint>,
}

/// The first message with an identifier.
#[derive(Debug, Clone, Copy, PartialEq)]
struct FirstMessage {
    content: Fingerprint,
    answered: bool,
}

impl ArchiveState {
    /// The state after these facts.
    pub fn of<'f>(facts: impl IntoIterator<Item = &'f Fact>) -> Self {
        let mut state = Self::default();
        state.learn_all(facts);
        state
    }

    /// Takes in what happened, in order.
    pub fn learn_all<'f>(&mut self, facts: impl IntoIterator<Item = &'f Fact>) {
        facts.into_iter().for_each(|fact| self.learn(fact));
    }

    /// Takes in what happened.
    pub fn learn(&mut self, fact: &Fact) {
        match fact {
            Fact::Stored(version) => self.documents.store(version),
            Fact::Nullified { set_id } => self.documents.nullify(set_id),
            Fact::Declared { id, person, declared } => self.declarations.declare(id, person, declared),
            Fact::Withdrawn { id, person } => self.declarations.withdraw(id, person),
            Fact::AccessGranted { producer, organiser } => {
                self.access.insert((producer.clone(), organiser.clone()));
            }
            Fact::MessageCame { id, content, answered } => self.learn_message(id, *content, *answered),
            Fact::RequestCame { id, body } => {
                self.requests.entry(Fingerprint::of(id)).or_insert(*body);
            }
            Fact::ResourceKept { id, content } => {
                self.resources.entry(Fingerprint::of(id)).or_insert(*content);
            }
        }
    }

    /// The first content counts; that it was answered for good may be learnt later.
    fn learn_message(&mut self, id: &str, content: Fingerprint, answered: bool) {
        let first = self.messages.entry(Fingerprint::of(id)).or_insert(FirstMessage { content, answered });
        first.answered |= answered && first.content == content;
    }

    /// Whether the fact is one that came before and that changes nothing any more.
    pub fn holds(&self, fact: &Fact) -> bool {
        match fact {
            Fact::MessageCame { id, content, answered } => match self.message(id, *content) {
                Earlier::Nothing => false,
                Earlier::Same { answered: before } => before || !answered,
                Earlier::Other => true,
            },
            Fact::RequestCame { id, body } => self.request(id, *body) != Earlier::Nothing,
            Fact::ResourceKept { id, content } => self.resource(id, *content) != Earlier::Nothing,
            Fact::AccessGranted { producer, organiser } => self.has_access(producer, organiser),
            Fact::Stored(_) | Fact::Nullified { .. } | Fact::Declared { .. } | Fact::Withdrawn { .. } => false,
        }
    }

    /// The newest version of a set, whoever may know of it.
    pub fn newest(&self, set_id: &str) -> Option<KnownVersion> {
        self.documents.newest(set_id).map(|version| self.documents.known(version))
    }

    /// Identifier of the set of the version with this identifier.
    pub fn set_of(&self, id: &str) -> Option<&str> {
        self.documents.version(id).map(Version::set_id)
    }

    /// What stands under the identifier of a declaration.
    pub fn declaration(&self, id: &str) -> Option<DeclarationState> {
        self.declarations.get(id)
    }

    /// Whether this person has been given the information about Kanta.
    pub fn is_informed(&self, person: &str) -> bool {
        self.declarations.in_force(person).any(|declared| *declared == Declared::Information)
    }

    /// Whether `producer` may use the register of `organiser`.
    pub fn has_access(&self, producer: &str, organiser: &str) -> bool {
        self.access.contains(&(producer.to_owned(), organiser.to_owned()))
    }

    /// What came before as the message `id`.
    pub fn message(&self, id: &str, content: Fingerprint) -> Earlier {
        match self.messages.get(&Fingerprint::of(id)) {
            None => Earlier::Nothing,
            Some(first) if first.content == content => Earlier::Same { answered: first.answered },
            Some(_) => Earlier::Other,
        }
    }

    /// What came before as the request `id`.
    pub fn request(&self, id: &str, body: Fingerprint) -> Earlier {
        earlier(&self.requests, id, body)
    }

    /// What is kept as the resource `id`.
    pub fn resource(&self, id: &str, content: Fingerprint) -> Earlier {
        earlier(&self.resources, id, content)
    }
}

fn earlier(first: &HashMap<Fingerprint, Fingerprint>, id: &str, content: Fingerprint) -> Earlier {
    match first.get(&Fingerprint::of(id)) {
        None => Earlier::Nothing,
        Some(first) if *first == content => Earlier::Same { answered: true },
        Some(_) => Earlier::Other,
    }
}
