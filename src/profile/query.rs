//! Queries: the names of their parameters, and what one answer and one caller may take.

use serde::Deserialize;

use crate::domain::Evidence;

/// Element names below `parameterList`, and the bounds of queries.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct QueryNames {
    /// Client's identity code.
    pub client: String,
    pub document: String,
    /// Identifier of the first version.
    pub set: String,
    pub group: String,
    /// Document type, a specific or a general one.
    pub document_type: String,
    pub service_task: String,
    pub register: String,
    /// Use situation, which must be that of the message.
    pub use_situation: String,
    pub controller: String,
    pub relationship: String,
    pub matter: String,
    pub from: String,
    pub until: String,
    /// Whether older versions are wanted.
    pub all_versions: String,
    /// Whether nullified documents are wanted.
    pub nullified: String,
    /// Number of the first result that is wanted, from 1.
    pub position: String,
    /// Results of one answer where the query names no quantity.
    pub default_quantity: usize,
    /// Most results of one answer.
    pub largest_quantity: usize,
    /// Most queries that are open for continuation at a time.
    pub open_queries: usize,
    /// Most of them of one caller.
    pub open_queries_of_caller: usize,
    /// Most results that they hold together.
    pub open_results: usize,
    /// Seconds after which a query is no longer open.
    pub open_seconds: i64,
    /// How well they are known.
    pub evidence: Evidence,
}

/// What a parameter of a query asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Parameter {
    /// The client.
    Client,
    /// One version of a document.
    Document,
    /// Versions of one document.
    Set,
    /// A document group.
    Group,
    /// A document type.
    DocumentType,
    /// A service task.
    ServiceTask,
    /// A register type.
    Register,
    /// The use situation.
    UseSituation,
    /// A controller.
    Controller,
    /// A client relationship.
    Relationship,
    /// A matter.
    Matter,
    /// The earliest effective time.
    From,
    /// The latest effective time.
    Until,
    /// Older versions too.
    AllVersions,
    /// Nullified documents too.
    Nullified,
    /// The first result.
    Position,
}

impl QueryNames {
    /// Every parameter with its name.
    pub fn parameters(&self) -> [(&str, Parameter); 16] {
        [
            (&self.client, Parameter::Client),
            (&self.document, Parameter::Document),
            (&self.set, Parameter::Set),
            (&self.group, Parameter::Group),
            (&self.document_type, Parameter::DocumentType),
            (&self.service_task, Parameter::ServiceTask),
            (&self.register, Parameter::Register),
            (&self.use_situation, Parameter::UseSituation),
            (&self.controller, Parameter::Controller),
            (&self.relationship, Parameter::Relationship),
            (&self.matter, Parameter::Matter),
            (&self.from, Parameter::From),
            (&self.until, Parameter::Until),
            (&self.all_versions, Parameter::AllVersions),
            (&self.nullified, Parameter::Nullified),
            (&self.position, Parameter::Position),
        ]
    }

    /// The parameter with this name.
    pub fn parameter(&self, name: &str) -> Option<Parameter> {
        self.parameters().into_iter().find(|(known, _)| *known == name).map(|(_, parameter)| parameter)
    }
}
