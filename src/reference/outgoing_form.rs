//! A form that the system sends.

use serde::Deserialize;
use serde_json::{Value, json};

/// A form that is to be sent, as the driver API tells it.
#[derive(Debug, Clone, Deserialize)]
pub struct FormOrder {
    pub client: String,
    pub recipient: String,
    pub kind: String,
    pub text: String,
}

/// A form on its way.
#[derive(Debug, Clone)]
pub struct OutgoingForm {
    pub key: String,
    pub order: FormOrder,
}

impl OutgoingForm {
    /// As the service of forms takes it, its text cut where that is asked.
    pub fn body(&self, cut: bool) -> Value {
        let FormOrder { client, recipient, kind, text } = &self.order;
        let text: String = if cut { text.chars().take(60).collect() } else { text.clone() };
        let content = json!({"client": client, "text": text});
        json!({"key": self.key, "recipient": recipient, "kind": kind, "content": content})
    }

    /// As the driver API tells of it.
    pub fn told(&self, state: &str) -> Value {
        json!({"form": {"key": self.key, "state": state}})
    }
}
