//! A form that waits for an organisation beforehand.

use serde_json::{Value, json};

/// Facts of a form that another organisation is to have sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlantedForm {
    /// The sender's own name for it.
    pub key: String,
    /// OID of the organisation that sent it.
    pub sender: String,
    /// OID of the organisation that it is for.
    pub recipient: String,
    /// Identity code of the client whom it is about.
    pub client: String,
    /// What form it is.
    pub kind: String,
    /// What it says; the place of a marker.
    pub text: String,
}

impl PlantedForm {
    pub(in crate::kanta) fn content(&self) -> Value {
        json!({ "client": self.client, "text": self.text })
    }
}
