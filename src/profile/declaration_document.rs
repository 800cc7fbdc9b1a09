//! How declarations of intent stand in documents of the archive.

use serde::Deserialize;

use super::Declares;
use crate::domain::{Evidence, Sector};

/// A document group whose documents are declarations of intent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclarationDocumentRow {
    /// Code of the group.
    pub group: String,
    /// What such a document declares.
    pub declares: Declares,
    /// Whose data a permit is about.
    pub from: Option<Sector>,
    /// Who may get them.
    pub to: Option<Sector>,
    /// Member of the structured form that holds everything.
    pub root: String,
    /// JSON pointer below it to the switch that says whether a permit is given.
    pub given: Option<String>,
    /// JSON pointer below it to the professional who made the document.
    pub author: Option<String>,
    /// Where the targets of a prohibition stand.
    #[serde(default)]
    pub target: Vec<TargetRow>,
    /// How well it is known.
    pub evidence: Evidence,
}

/// Targets of one kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetRow {
    pub kind: TargetKind,
    /// JSON pointer below the root to the list of prohibitions.
    pub list: String,
    /// Member of a prohibition that lists its targets.
    pub items: String,
    /// JSON pointer below a target to its code or identifier.
    pub value: String,
}

/// What a prohibition meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetKind {
    /// Controllers.
    Controller,
    /// Service tasks.
    ServiceTask,
    /// Single documents.
    Document,
}

/// Legal representatives who declare for a client.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RepresentativeRules {
    /// Members that say that a representative declares, each with the list of these persons.
    pub members: Vec<RepresentativeMembers>,
    /// Member of a person that tells the role.
    pub role: String,
    /// Codes of the roles that may declare.
    pub roles: Vec<String>,
    /// How well they are known.
    pub evidence: Evidence,
}

/// A switch and the list that it makes needed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepresentativeMembers {
    pub flag: String,
    /// The list of persons.
    pub persons: String,
}
