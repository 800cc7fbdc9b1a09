//! The canonical form of JSON (RFC 8785), which signatures are made over.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::Json;

/// From here on a number of JSON need not be the one that was meant (RFC 7493).
const SAFE: i64 = 1 << 53;

/// The canonical bytes of `object` without its member `left_out`, whether it has one or not.
///
/// # Errors
/// What the writer said; it has no cause with JSON that was read.
pub fn canonical_without(object: &Map<String, Value>, left_out: &str) -> Result<Vec<u8>, serde_json::Error> {
    let members = object.iter().filter(|(name, _)| *name != left_out);
    let members = members.map(|(name, value)| (Cow::Borrowed(name.as_str()), Json::of(value))).collect();
    written(&Json::Object(members), None)
}

/// The canonical bytes of `json`, without the member `left_out.1` of its own member `left_out.0`.
///
/// # Errors
/// What the writer said; it has no cause with JSON that was read.
pub fn canonical_of(json: &Json<'_>, left_out: (&str, &str)) -> Result<Vec<u8>, serde_json::Error> {
    written(json, Some(left_out))
}

/// The member that is left out: of which member of the root, and its name.
type LeftOut<'a> = Option<(&'a str, &'a str)>;

fn written(json: &Json<'_>, left_out: LeftOut<'_>) -> Result<Vec<u8>, serde_json::Error> {
    let mut out = Vec::with_capacity(1024);
    write(json, None, left_out, &mut out)?;
    Ok(out)
}

/// Writes the value of the root's member `own`; `None` is the root itself, and deeper values have no name.
fn write(
    json: &Json<'_>,
    own: Option<&str>,
    left_out: LeftOut<'_>,
    out: &mut Vec<u8>,
) -> Result<(), serde_json::Error> {
    match json {
        Json::Null => out.extend_from_slice(b"null"),
        Json::Bool(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
        // Of whole numbers every writer makes the same; others take the shortest form of ECMAScript.
        Json::Number(number) if number.as_i64().is_some_and(|number| number.abs() < SAFE) => {
            serde_json::to_writer(out, number)?;
        }
        Json::Number(number) => out.extend(serde_jcs::to_vec(number)?),
        Json::Text(text) => serde_json::to_writer(out, text)?,
        Json::List(list) => {
            out.push(b'[');
            for (index, value) in list.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write(value, Some(""), left_out, out)?;
            }
            out.push(b']');
        }
        Json::Object(members) => write_object(members, own, left_out, out)?,
    }
    Ok(())
}

fn write_object(
    members: &[(Cow<'_, str>, Json<'_>)],
    own: Option<&str>,
    left_out: LeftOut<'_>,
    out: &mut Vec<u8>,
) -> Result<(), serde_json::Error> {
    let is_left_out = |name: &str| own.zip(left_out).is_some_and(|(own, (of, left_out))| own == of && name == left_out);
    let mut sorted: Vec<_> = members.iter().filter(|(name, _)| !is_left_out(name)).collect();
    if sorted.iter().all(|(name, _)| name.is_ascii()) {
        sorted.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    } else {
        sorted.sort_unstable_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
    }
    out.push(b'{');
    for (index, (name, value)) in sorted.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        serde_json::to_writer(&mut *out, name)?;
        out.push(b':');
        write(value, Some(if own.is_none() { name } else { "" }), left_out, out)?;
    }
    out.push(b'}');
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Json, canonical_of, canonical_without};

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

    #[test]
    fn a_member_of_a_member_is_left_out() {
        let value = json!({"hash": 1, "integrity": {"previous": "b", "hash": "a"}, "a": 1.50});
        let bytes = canonical_of(&Json::of(&value), ("integrity", "hash")).expect("written");
        assert_eq!(String::from_utf8(bytes).expect("text"), r#"{"a":1.5,"hash":1,"integrity":{"previous":"b"}}"#);
    }

    proptest::proptest! {
        #[test]
        fn both_writers_agree(
            names in proptest::collection::vec("[a-c~\u{0}-\u{1f}\"\\\\ä\u{e000}😀]{0,3}", 0..5),
            text in "\\PC{0,9}[\u{0}-\u{2f}]{0,3}",
            number in proptest::num::f64::NORMAL,
            whole in proptest::num::i64::ANY,
        ) {
            let members = names.into_iter().map(|name| (name, json!([text, {"z": number, "": whole}])));
            let value: Value = members.collect::<serde_json::Map<_, _>>().into();
            let own = canonical_of(&Json::of(&value), ("?", "?")).expect("written");
            proptest::prop_assert_eq!(&own, &serde_jcs::to_vec(&value).expect("written"));
            let whole = canonical_without(value.as_object().expect("object"), "?").expect("written");
            proptest::prop_assert_eq!(whole, own);
        }
    }
}
