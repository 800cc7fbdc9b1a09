//! What Kanta knew before each message of a scenario: a fold of the evidence before it.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::Rules;
use crate::domain::{Declared, Operation};
use crate::evidence::{ActionRecord, Exchange};
use crate::profile::Profile;
use crate::rule::archive::{ArchiveContext, ArchiveReading, Known, KnownVersion};
use crate::rule::declaration::{
    DeclarationContext, DeclarationReading, DocumentDeclaration, KnownDeclarations, Statement, of_document,
};
use crate::rule::expectation::Reading;
use crate::rule::notice::{self, KnownNotices, NoticeContext};
use crate::scenario::{DocumentKind, Plan, PlannedDeclaration};
use crate::wire::hl7::InstanceId;

const RELATIONSHIP_GROUP: &str = "1";
const MATTER_GROUP: &str = "2";

/// Documents, messages and notices so far.
#[derive(Debug, Default)]
pub(super) struct History {
    versions: Vec<Version>,
    relationships: BTreeSet<String>,
    matters: BTreeSet<String>,
    messages: BTreeMap<InstanceId, String>,
    requests: BTreeSet<String>,
    notices: BTreeMap<String, String>,
    /// Identifiers of the information that persons were given, with their identity codes.
    informed: BTreeMap<String, String>,
}

#[derive(Debug)]
struct Version {
    id: String,
    set_id: String,
    number: u32,
    controller: String,
    nullified: bool,
    digest: String,
}

impl History {
    /// What is known when a scenario begins.
    pub fn of_plan(plan: &Plan) -> Self {
        let informs = |one: &&PlannedDeclaration| one.declared == Declared::Information;
        let informed = plan.declared.iter().filter(informs).map(|one| (one.id.clone(), one.person.clone()));
        let mut history = Self { informed: informed.collect(), ..Self::default() };
        for document in &plan.planted {
            match document.kind {
                DocumentKind::ClientRelationship => history.relationships.insert(document.set_id.clone()),
                DocumentKind::Matter => history.matters.insert(document.set_id.clone()),
                DocumentKind::ClientDocument | DocumentKind::FirstPhaseDocument | DocumentKind::OldDocument => false,
            };
            history.versions.push(Version {
                id: document.id.clone(),
                set_id: document.set_id.clone(),
                number: document.version,
                controller: document.controller.clone(),
                nullified: document.nullified,
                digest: String::new(),
            });
        }
        history
    }

    /// Learns what Kanta did with a message.
    pub fn learn(&mut self, exchange: &Exchange, reading: &Reading, profile: &Profile) {
        match reading {
            Reading::Archive(reading) => self.learn_message(exchange, reading, profile),
            Reading::Notice(reading) => self.learn_notice(exchange, reading),
            Reading::Declaration(reading) => self.learn_declarations(exchange, reading),
            Reading::Other => {}
        }
    }

    /// Learns that the archivist has nullified the document of `action`.
    pub fn learn_nullification(&mut self, action: &ActionRecord) {
        let id = action.parameters["document"].as_str().unwrap_or_default();
        let of_set = |version: &&Version| version.id == id;
        let Some(set_id) = self.versions.iter().find(of_set).map(|version| version.set_id.clone()) else { return };
        for version in self.versions.iter_mut().filter(|version| version.set_id == set_id) {
            version.nullified = true;
        }
    }

    fn learn_declarations(&mut self, exchange: &Exchange, reading: &DeclarationReading) {
        self.requests.extend(exchange.message_id.clone());
        let statements = reading.statements.iter().filter(|one| exchange.accepted && informs(one));
        for statement in statements {
            if statement.withdrawn {
                self.informed.remove(&statement.id);
            } else {
                self.informed.insert(statement.id.clone(), statement.person.clone());
            }
        }
    }

    fn learn_message(&mut self, exchange: &Exchange, reading: &ArchiveReading, profile: &Profile) {
        if let (Some(id), Some(digest)) = (reading.message_id(), reading.message_digest()) {
            self.messages.entry(id).or_insert_with(|| digest.to_owned());
        }
        let done = exchange.accepted && !exchange.repeated;
        if let Ok(Some(brought)) = of_document(reading, profile)
            && done
        {
            self.learn_information(brought);
        }
        if let Some(version) = version_of(exchange.operation, reading).filter(|_| done) {
            self.learn_upward(reading, &version.set_id);
            self.versions.push(version);
        }
    }

    fn learn_information(&mut self, brought: DocumentDeclaration) {
        match brought.declared {
            Some(Declared::Information) => drop(self.informed.insert(brought.id, brought.person)),
            Some(_) => {}
            None => drop(self.informed.remove(&brought.id)),
        }
    }

    fn learn_upward(&mut self, reading: &ArchiveReading, set_id: &str) {
        let Some(header) = reading.document().and_then(|document| document.header.as_ref()) else { return };
        let group = header.group.as_ref().map_or("", |group| group.code.as_str());
        if group == RELATIONSHIP_GROUP {
            self.relationships.insert(set_id.to_owned());
            self.relationships.extend(header.relationship.iter().map(|id| id.value.clone()));
        } else if group == MATTER_GROUP {
            self.matters.insert(set_id.to_owned());
            self.matters
                .extend(reading.document().and_then(|document| document.matter.as_ref()).map(|id| id.value.clone()));
        }
    }

    fn learn_notice(&mut self, exchange: &Exchange, reading: &notice::Reading) {
        if let Some(id) = notice::request_id(reading) {
            self.requests.insert(id.to_owned());
        }
        let Some(bundle) = reading.bundle().filter(|_| exchange.accepted && !exchange.repeated) else { return };
        let resources = bundle.json["entry"].as_array().into_iter().flatten().map(|entry| &entry["resource"]);
        for resource in resources {
            if let (Some(id), Some(digest)) = (resource["id"].as_str(), notice::content_digest(resource)) {
                self.notices.entry(id.to_owned()).or_insert(digest);
            }
        }
    }

    /// What a message to the archive is judged by.
    pub fn archive_context<'a>(&'a self, exchange: &'a Exchange, rules: &'a Rules) -> ArchiveContext<'a> {
        ArchiveContext {
            profile: &rules.profile,
            catalogue: &rules.catalogue,
            strictness: rules.strictness,
            schemas: &rules.schemas,
            trust: &rules.trust,
            caller: &exchange.caller,
            known: self,
            now: exchange.received,
        }
    }

    /// What a request with declarations is judged by.
    pub fn declaration_context<'a>(&'a self, exchange: &'a Exchange, rules: &'a Rules) -> DeclarationContext<'a> {
        DeclarationContext { request: self.notice_context(exchange, rules), known: self }
    }

    /// What a request with notices is judged by.
    pub fn notice_context<'a>(&'a self, exchange: &'a Exchange, rules: &'a Rules) -> NoticeContext<'a> {
        NoticeContext {
            profile: &rules.profile,
            catalogue: &rules.catalogue,
            strictness: rules.strictness,
            trust: &rules.trust,
            now: exchange.received,
            audience: &rules.audience,
            known: self,
            exchange: Some(exchange.number),
        }
    }
}

fn informs(statement: &Statement) -> bool {
    statement.declared == Declared::Information
}

/// The version that an accepted message made. A nullification without a document marks what it names.
fn version_of(operation: Operation, reading: &ArchiveReading) -> Option<Version> {
    let stores = matches!(operation, Operation::Store | Operation::Correct | Operation::Nullify);
    let frame = reading.frame_document().filter(|_| stores)?;
    let document = reading.document();
    let text = |from_document: Option<String>, from_frame: Option<String>| from_document.or(from_frame);
    let id = text(
        document.and_then(|it| it.id.as_ref()).map(|it| it.value.clone()),
        frame.id.as_ref().map(|it| it.value.clone()),
    )?;
    let set_id = text(
        document.and_then(|it| it.set_id.as_ref()).map(|it| it.value.clone()),
        frame.set_id.as_ref().map(|it| it.value.clone()),
    );
    let number =
        document.and_then(|it| it.version.as_ref()).or(frame.version.as_ref()).and_then(|it| it.value.parse().ok());
    Some(Version {
        set_id: set_id.unwrap_or_else(|| id.clone()),
        id,
        number: number.unwrap_or(1),
        controller: frame.custodian.as_ref().map(|it| it.value.clone()).unwrap_or_default(),
        nullified: operation == Operation::Nullify,
        digest: reading.document_digest().unwrap_or_default().to_owned(),
    })
}

impl History {
    fn known(&self, version: &Version) -> KnownVersion {
        let of_set = || self.versions.iter().filter(|other| other.set_id == version.set_id);
        KnownVersion {
            id: version.id.clone(),
            set_id: version.set_id.clone(),
            version: version.number,
            controller: version.controller.clone(),
            newest: of_set().all(|other| other.number <= version.number),
            nullified: of_set().any(|other| other.nullified),
            content_digest: version.digest.clone(),
        }
    }
}

impl Known for History {
    fn document(&self, id: &str) -> Option<KnownVersion> {
        self.versions.iter().find(|version| version.id == id).map(|version| self.known(version))
    }

    fn newest(&self, set_id: &str) -> Option<KnownVersion> {
        let of_set = self.versions.iter().filter(|version| version.set_id == set_id);
        of_set.max_by_key(|version| version.number).map(|version| self.known(version))
    }

    fn relationship_exists(&self, id: &str) -> bool {
        self.relationships.contains(id)
    }

    fn matter_exists(&self, id: &str) -> bool {
        self.matters.contains(id)
    }

    fn is_informed(&self, person: &str) -> bool {
        KnownDeclarations::is_informed(self, person)
    }

    fn message(&self, id: &InstanceId) -> Option<String> {
        self.messages.get(id).cloned()
    }
}

impl KnownNotices for History {
    /// Sent again or not: each request has an identifier of its own.
    fn is_request_reused(&self, request_id: &str, _: &[u8]) -> bool {
        self.requests.contains(request_id)
    }

    fn notice_digest(&self, id: &str) -> Option<String> {
        self.notices.get(id).cloned()
    }
}

impl KnownDeclarations for History {
    fn is_informed(&self, person: &str) -> bool {
        self.informed.values().any(|informed| informed == person)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{History, Version};
    use crate::evidence::ActionRecord;
    use crate::rule::archive::Known;

    #[test]
    fn the_archivist_nullifies_every_version_of_a_set_and_no_other() {
        let version = |id: &str, set_id: &str, number| Version {
            id: id.to_owned(),
            set_id: set_id.to_owned(),
            number,
            controller: String::new(),
            nullified: false,
            digest: String::new(),
        };
        let versions = vec![version("1.1", "1.1", 1), version("1.2", "1.1", 2), version("1.3", "1.3", 1)];
        let mut history = History { versions, ..History::default() };
        let action = |id: &str| ActionRecord {
            scenario: String::new(),
            step: String::new(),
            action: "archivist-nullifies".to_owned(),
            parameters: json!({ "document": id }),
            started: jiff::Timestamp::UNIX_EPOCH,
            ended: jiff::Timestamp::UNIX_EPOCH,
            outcome: "succeeded".to_owned(),
            result: json!(null),
            message: String::new(),
            file: json!(null),
        };
        let nullified = |history: &History| {
            ["1.1", "1.2", "1.3"].map(|id| history.document(id).is_some_and(|version| version.nullified))
        };
        history.learn_nullification(&action("9.9"));
        assert_eq!(nullified(&history), [false; 3]);
        history.learn_nullification(&action("1.2"));
        assert_eq!(nullified(&history), [true, true, false]);
        assert!(history.newest("1.1").is_some_and(|version| version.nullified));
    }

    #[test]
    fn an_empty_history_knows_nothing() {
        let history = History::default();
        assert!(history.document("1.2.3").is_none());
        assert!(history.newest("1.2.3").is_none());
        assert!(!history.relationship_exists("1.2.3") && !history.matter_exists("1.2.3"));
    }
}
