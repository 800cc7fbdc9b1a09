//! The canonical form of JSON (RFC 8785), which signatures are made over.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Map, Value};

/// The canonical bytes of `object` without its member `left_out`, whether it has one or not.
///
/// # Errors
/// What the writer said; it has no cause with JSON that was read.
pub fn canonical_without(object: &Map<String, Value>, left_out: &str) -> Result<Vec<u8>, serde_json::Error> {
    serde_jcs::to_vec(&Without { object, left_out })
}

struct Without<'a> {
    object: &'a Map<String, Value>,
    left_out: &'a str,
}

impl Serialize for Without<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.object.iter().filter(|(name, _)| *name != self.left_out) {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::canonical_without;

    #[test]
    fn members_are_sorted_as_the_rfc_shows_and_one_is_left_out() {
        // The numbers and strings of RFC 8785, 3.2.2, with a member to leave out.
        let text = r#"{"signature":{"data":"x"},
            "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
            "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
            "literals": [null, true, false]}"#;
        let value: serde_json::Value = serde_json::from_str(text).expect("read");
        let bytes = canonical_without(value.as_object().expect("object"), "signature").expect("written");
        let expected = r#"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}"#;
        assert_eq!(String::from_utf8(bytes).expect("text"), expected);
    }
}
