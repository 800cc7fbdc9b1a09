//! Changes of what a system said: each of one value, by its pointer in the action's resource.

use serde_json::{Value, json};

use super::front::Asked;

/// A change of how an action ended. It says whether it found what it changes.
pub type Change = fn(&Asked<'_>, &mut Value) -> bool;

/// The list at `pointer`, where it has so many members at least.
fn list<'v>(ended: &'v mut Value, pointer: &str, least: usize) -> Option<&'v mut Vec<Value>> {
    ended.pointer_mut(pointer)?.as_array_mut().filter(|list| list.len() >= least)
}

pub fn drop_last(ended: &mut Value, pointer: &str) -> bool {
    list(ended, pointer, 1).map(Vec::pop).is_some()
}

pub fn drop_all(ended: &mut Value, pointer: &str) -> bool {
    list(ended, pointer, 1).map(Vec::clear).is_some()
}

pub fn double_last(ended: &mut Value, pointer: &str) -> bool {
    list(ended, pointer, 1).map(|list| list.extend(list.last().cloned())).is_some()
}

/// Adds a copy of the last member with other values.
pub fn invent(ended: &mut Value, pointer: &str, values: &Value) -> bool {
    let Some(list) = list(ended, pointer, 1) else { return false };
    let mut made = list.last().cloned().unwrap_or_default();
    for (name, value) in values.as_object().into_iter().flatten() {
        made[name] = value.clone();
    }
    list.push(made);
    true
}

/// Swaps a member of the first two of a list.
pub fn swap(ended: &mut Value, pointer: &str, member: &str) -> bool {
    let Some(list) = list(ended, pointer, 2) else { return false };
    let (one, other) = (list[0][member].clone(), list[1][member].clone());
    let is_other = one != other;
    (list[0][member], list[1][member]) = (other, one);
    is_other
}

/// Sets the value at `pointer`, where another is there.
pub fn set(ended: &mut Value, pointer: &str, value: Value) -> bool {
    let Some(place) = ended.pointer_mut(pointer).filter(|place| **place != value) else { return false };
    *place = value;
    true
}

/// Adds to the number at `pointer`.
pub fn add(ended: &mut Value, pointer: &str, number: i64) -> bool {
    let Some(place) = ended.pointer_mut(pointer) else { return false };
    let Some(value) = place.as_i64() else { return false };
    *place = json!(value + number);
    true
}

/// Changes the last digit of the identifier at `pointer`.
pub fn other_id(ended: &mut Value, pointer: &str) -> bool {
    let Some(place) = ended.pointer_mut(pointer) else { return false };
    let Some(id) = place.as_str() else { return false };
    *place = json!(format!("{id}1"));
    true
}

/// Cuts the text at `pointer` to half.
pub fn cut(ended: &mut Value, pointer: &str) -> bool {
    let Some(place) = ended.pointer_mut(pointer) else { return false };
    let Some(text) = place.as_str().filter(|text| text.len() > 1) else { return false };
    *place = json!(text.chars().take(text.chars().count() / 2).collect::<String>());
    true
}

/// Puts other words behind the text at `pointer`.
pub fn add_words(ended: &mut Value, pointer: &str) -> bool {
    let Some(place) = ended.pointer_mut(pointer) else { return false };
    let Some(text) = place.as_str() else { return false };
    *place = json!(format!("{text} Ja muuta, mitä kukaan ei kirjoittanut."));
    true
}

pub fn remove(ended: &mut Value, pointer: &str, member: &str) -> bool {
    ended.pointer_mut(pointer).and_then(Value::as_object_mut).is_some_and(|members| members.remove(member).is_some())
}

/// The outcome, with no errors where it succeeded.
pub fn outcome(ended: &mut Value, said: &str) -> bool {
    if ended["outcome"] == said {
        return false;
    }
    ended["outcome"] = json!(said);
    if said == "succeeded" {
        ended["errors"] = json!([]);
    }
    true
}

/// What the newest earlier action of this name gave at `pointer`.
pub fn earlier(asked: &Asked<'_>, action: &str, pointer: &str) -> Option<Value> {
    let of_it = asked.earlier.iter().rev().filter(|(one, _)| one["action"] == action);
    of_it.filter_map(|(_, ended)| ended.pointer(pointer).cloned()).next()
}
