//! Who may see what: use situations, the decision table of a disclosure, and its log.

use serde::Deserialize;

use crate::domain::Evidence;

/// A use situation (käyttötilanne): the reason code by which a message says on what basis it uses the
/// archive.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct UseSituationRow {
    /// On what basis the archive is used.
    pub basis: Basis,
    pub code: String,
    /// Name of its code system among `code-system`.
    pub system: String,
    /// How well it is known.
    pub evidence: Evidence,
}

/// On what basis the archive is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Use of the organisation's own register.
    OwnRegister,
    /// Use of another organiser's register, for which the organisation has an access right.
    RegisterAccess,
    /// Another controller's data, by the client's permit.
    Permit,
    /// Another controller's data, by a right to information that an act of law gives.
    Statutory,
}

/// A row of the decision table of a disclosure. The first row whose conditions all hold decides.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DisclosureRow {
    /// Its name, by which the log calls it.
    pub step: String,
    #[serde(default)]
    pub when: DisclosureConditions,
    pub then: Ruling,
    /// How well the rule in the conditions is known.
    pub evidence: Evidence,
    /// How well it is known that the archive does this about it.
    pub then_evidence: Evidence,
}

/// Conditions of a row. One that is not given does not matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct DisclosureConditions {
    /// The organisation that asks is the controller of the document.
    pub own_register: Option<bool>,
    /// It has an access right to the controller's register, and uses it.
    pub register_access: Option<bool>,
    /// It has a relevant connection with the client.
    pub relevant_connection: Option<bool>,
    /// It states a right by law.
    pub statutory: Option<bool>,
    /// The client has been given the information about Kanta.
    pub informed: Option<bool>,
    /// The client's permit for this direction is in force.
    pub permitted: Option<bool>,
    /// A prohibition meets the document.
    pub prohibited: Option<bool>,
}

/// What the table rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ruling {
    /// The document is given: no disclosure.
    Use,
    /// The document is disclosed, and the log says so.
    Disclose,
    /// The document is left out, as if it were not there.
    Withhold,
    /// The whole query is refused.
    Refuse,
}

/// The log of disclosures through the archive.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DisclosureLogRules {
    /// Years after which an entry is removed.
    pub retention_years: i32,
    /// Most entries of one answer.
    pub largest_answer: usize,
    /// How well they are known.
    pub evidence: Evidence,
}
