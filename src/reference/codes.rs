//! Codes and identifiers that the system writes: its own table, and what a file of changes says otherwise.

use serde::Deserialize;
use toml::{Table, Value};

use super::xml::Element;

/// The table that ships.
const SHIPPED: &str = include_str!("codes.toml");

/// A code system.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeSystem {
    pub oid: String,
    /// Its name, as messages spell it.
    pub name: String,
}

/// A code with all that goes with it on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coded {
    pub code: String,
    pub system: CodeSystem,
    pub display: String,
}

impl Coded {
    /// Written into an element as `code`, `codeSystem`, `codeSystemName` and `displayName`.
    pub fn on(&self, element: Element) -> Element {
        element
            .with("code", &self.code)
            .with("codeSystem", &self.system.oid)
            .with("codeSystemName", &self.system.name)
            .with("displayName", &self.display)
    }

    /// As FHIR and THL's structured forms write it.
    pub fn json(&self) -> serde_json::Value {
        let system = format!("urn:oid:{}", self.system.oid);
        serde_json::json!({"system": system, "code": self.code, "display": self.display})
    }
}

/// Interactions that the system sends.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Interactions {
    pub store: String,
    pub correct: String,
    pub nullify: String,
    pub search_metadata: String,
    pub search_documents: String,
    pub continue_query: String,
}

/// Every code, by the name that the table gives it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CodeTable {
    pub store_relationship: Coded,
    pub store_matter: Coded,
    pub store_document: Coded,
    pub store_first_phase: Coded,
    pub store_old: Coded,
    pub store_declaration: Coded,
    pub own_use: Coded,
    pub use_by_access: Coded,
    pub use_by_permit: Coded,
    pub use_by_law: Coded,
    pub group_relationship: Coded,
    pub group_matter: Coded,
    pub group_first_phase: Coded,
    pub group_old: Coded,
    pub group_document: Coded,
    pub group_permit: Coded,
    pub group_prohibition: Coded,
    pub group_information: Coded,
    pub general_type: Coded,
    pub specific_type: Coded,
    pub signed_by_professional: Coded,
    pub signed_by_system: Coded,
    pub confidential: Coded,
    pub client_register: Coded,
    pub xhtml: Coded,
    pub pdf_a: Coded,
    pub json: Coded,
    pub family_services: Coded,
    pub ready: Coded,
    pub kept_for_ever: Coded,
    pub no_special_content: Coded,
    pub planning: Coded,
    pub card: Coded,
    pub legally_authenticated: Coded,
    pub active: Coded,
    pub male: Coded,
    pub female: Coded,
    pub other_matter: Coded,
    pub matter_open: Coded,
    pub ask_documents: Coded,
    pub ask_metadata: Coded,
    pub ask_document: Coded,
    pub ask_summary: Coded,
}

/// Codes and identifiers that one system writes: what it takes the specification to say.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Codes {
    pub(super) receiver: String,
    pub(super) processing_code: String,
    pub(super) access_right_error: String,
    pub(super) interaction: Interactions,
    pub(super) code: CodeTable,
}

/// Why a file of changes cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodesError {
    /// The text is no TOML.
    #[error("the codes are no TOML: {0}")]
    NotToml(String),
    /// A code is of a code system that has no row.
    #[error("no code system `{system}` for the code `{code}`")]
    NoSystem {
        /// Name of the code.
        code: String,
        /// Name of the code system.
        system: String,
    },
    /// A row is missing or not known, or a value is of another kind.
    #[error("the codes do not fit together: {0}")]
    Unfit(String),
}

impl Default for Codes {
    /// The codes that ship.
    fn default() -> Self {
        Self::changed("").expect("the table that ships reads, which a test holds")
    }
}

impl Codes {
    /// The codes that ship, with the rows of `changes` in place of those of the same name.
    ///
    /// # Errors
    /// `NotToml`; `NoSystem`; `Unfit` for a row or a member that the table does not have.
    pub fn changed(changes: &str) -> Result<Self, CodesError> {
        let parsed = |text: &str| text.parse::<Table>().map_err(|error| CodesError::NotToml(error.to_string()));
        let mut table = parsed(SHIPPED)?;
        merge(&mut table, parsed(changes)?);
        let systems = table.remove("system");
        if let Some(Value::Table(codes)) = table.get_mut("code") {
            for (name, row) in codes.iter_mut() {
                resolve(name, row, systems.as_ref())?;
            }
        }
        table.try_into().map_err(|error: toml::de::Error| CodesError::Unfit(error.message().to_owned()))
    }
}

/// Rows of `changes` in place of those of `table` with the same name, member by member.
fn merge(table: &mut Table, changes: Table) {
    for (name, change) in changes {
        match (table.get_mut(&name), change) {
            (Some(Value::Table(old)), Value::Table(new)) => merge(old, new),
            (_, change) => drop(table.insert(name, change)),
        }
    }
}

/// The row of its code system in place of its name.
fn resolve(code: &str, row: &mut Value, systems: Option<&Value>) -> Result<(), CodesError> {
    let Some(named) = row.get_mut("system") else { return Ok(()) };
    let name = named.as_str().unwrap_or_default().to_owned();
    let system = systems.and_then(|systems| systems.get(&name)).cloned();
    *named = system.ok_or_else(|| CodesError::NoSystem { code: code.to_owned(), system: name })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Codes, CodesError};

    #[test]
    fn a_file_of_one_row_changes_that_row_alone() {
        let shipped = Codes::default();
        let changed = Codes::changed("[code]\ngroup-matter = { code = \"22\" }").expect("codes");
        assert_eq!((shipped.code.group_matter.code.as_str(), changed.code.group_matter.code.as_str()), ("2", "22"));
        assert_eq!(changed.code.group_matter.system, shipped.code.group_matter.system);
        assert_eq!(changed.code.group_document, shipped.code.group_document);
        let other = Codes::changed("[system]\ndocument-group = { oid = \"1.2.3\" }").expect("codes");
        assert_eq!(other.code.group_document.system.oid, "1.2.3");
        assert_eq!(other.code.group_document.system.name, shipped.code.group_document.system.name);
    }

    #[test]
    fn what_the_table_does_not_have_is_a_mistake() {
        let read = |changes: &str| Codes::changed(changes).expect_err(changes);
        assert!(matches!(read("receiver = "), CodesError::NotToml(_)));
        assert!(matches!(read("[code]\ngroup-mater = { code = \"2\" }"), CodesError::Unfit(_)));
        assert!(matches!(read("[interaction]\nstore = 2"), CodesError::Unfit(_)));
        let nowhere = CodesError::NoSystem { code: "json".to_owned(), system: "nowhere".to_owned() };
        assert_eq!(read("[code]\njson = { system = \"nowhere\" }"), nowhere);
    }
}
