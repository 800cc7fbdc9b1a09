//! Changes a copy of a use log, as nobody ought to be able to do unnoticed.

use serde_json::{Value, json};

use crate::scenario::Tampering;

/// The user whom a changed entry names.
const OTHER_USER: &str = "Toinen Testinen";

/// The entries, tampered with: of the middle one the user is changed, or it is gone.
pub(super) fn tampered(entries: &[Value], tampering: Tampering) -> Vec<Value> {
    let mut copy = entries.to_vec();
    let middle = copy.len() / 2;
    match tampering {
        Tampering::None => {}
        Tampering::Changed => {
            if let Some(entry @ Value::Object(_)) = copy.get_mut(middle) {
                entry["user"] = json!({"name": OTHER_USER});
            }
        }
        Tampering::Removed => {
            copy.splice(middle..(middle + 1).min(copy.len()), []);
        }
    }
    copy
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::tampered;
    use crate::scenario::Tampering;

    #[test]
    fn the_middle_entry_is_changed_or_gone() {
        let entries: Vec<Value> = (1..=3).map(|number| json!({"sequence": number, "user": {"name": "A"}})).collect();
        assert_eq!(tampered(&entries, Tampering::None), entries);
        let changed = tampered(&entries, Tampering::Changed);
        assert!(changed[0] == entries[0] && changed[1] != entries[1] && changed[2] == entries[2]);
        assert_eq!(tampered(&entries, Tampering::Removed), [entries[0].clone(), entries[2].clone()]);
        assert!(tampered(&[], Tampering::Removed).is_empty());
    }
}
