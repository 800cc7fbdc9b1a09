//! The clients of a structured form.

use serde_json::Value;

use crate::wire::json::pointer_to;

/// The clients under the one root member, and the pointer to them.
pub fn clients(value: &Value) -> Option<(String, Vec<&Value>)> {
    let (root, content) = value.as_object()?.iter().next()?;
    let clients = content.get("asiakas")?;
    let list = clients.as_array().map_or_else(|| vec![clients], |list| list.iter().collect());
    Some((pointer_to(&pointer_to("", root), "asiakas"), list))
}
