//! Declarations that the system holds.

use std::collections::HashMap;

use serde_json::Value;

use super::consent::HeldDeclaration;
use crate::domain::{DeclarationTarget, Declared};

/// Declarations that were recorded here, and what was disclosed to clients' professionals.
#[derive(Debug, Default)]
pub struct Declarations {
    pub recorded: Vec<HeldDeclaration>,
    /// Rows of documents of other controllers, by client.
    pub disclosed: HashMap<String, Vec<Value>>,
}

impl Declarations {
    /// Whether the last search for other controllers' documents gave nothing.
    pub fn is_undisclosed(&self, client: &str) -> bool {
        self.disclosed.get(client).is_some_and(Vec::is_empty)
    }

    /// Whether a prohibition that was recorded here names this document.
    pub fn forbids(&self, client: &str, set_id: &str) -> bool {
        let target = DeclarationTarget::Document(set_id.to_owned());
        let meets = |one: &&HeldDeclaration| matches!(&one.declared, Declared::Prohibition { targets } if targets.contains(&target));
        self.recorded.iter().filter(|one| one.client == client && !one.withdrawn).any(|one| meets(&one))
    }

    /// Keeps the rows that were shown of other controllers' documents, and gives those shown before.
    pub fn show(&mut self, client: &str, rows: &[Value]) -> Vec<Value> {
        self.disclosed.insert(client.to_owned(), rows.to_vec()).unwrap_or_default()
    }
}
