//! The structured form repeats what the header says: names, birth date, gender, client relationship, matter.

use serde_json::Value;

use super::json_client_differs::is_client_told;
use super::json_clients::clients;
use crate::domain::is_same_text;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::message::path_words::PathWords;
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::Part;
use crate::wire::json::pointer_to;
use crate::words::Said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "structured-form-differs",
    requirement: "STO-39",
    sentence: "The structured form repeats what the header says: names, birth date, gender, client relationship, matter.",
    codes: &[FindingCode::StructuredFormDiffers],
    judge,
};

const CLIENT: &str = "recordTarget/";

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let (Some(json), Some(document)) = (subject.json(), subject.root(Part::Document)) else { return };
    let Some((name, content)) = json.value.as_object().and_then(|members| members.iter().next()) else { return };
    let is_comparable = has_one_client(subject);
    for row in &subject.context.profile.agreement.json {
        if row.document.starts_with(CLIENT) && !is_comparable {
            continue;
        }
        let header = PathWords::below(document, &row.document, row.attribute.as_deref()).words;
        let mut found = FoundMembers::default();
        found.walk(content, &row.member, &pointer_to("", name));
        if header.is_empty() || found.words.is_empty() || found.says(&header) {
            continue;
        }
        let spot = json.spot(&found.pointer);
        findings.add_as(
            FindingCode::StructuredFormDiffers,
            row.evidence,
            &spot,
            Said::value(header.join(" ")),
            Said::value(found.shown()),
        );
    }
}

/// With several clients nobody can say whose name is whose; with another client it is another finding.
fn has_one_client(subject: &JudgedMessage<'_>) -> bool {
    let listed = subject.json().and_then(|json| clients(&json.value)).map_or(0, |(_, clients)| clients.len());
    listed == 1 && subject.document.is_some_and(|document| document.clients.len() == 1) && is_client_told(subject)
}

/// What the members down a path tell.
#[derive(Default)]
struct FoundMembers<'a> {
    pointer: String,
    words: Vec<&'a str>,
}

impl<'a> FoundMembers<'a> {
    fn walk(&mut self, value: &'a Value, steps: &str, pointer: &str) {
        let (name, rest) = steps.split_once('/').map_or((steps, ""), |(name, rest)| (name, rest));
        match value {
            Value::Array(items) => {
                let all = items.iter().enumerate();
                all.for_each(|(index, item)| self.walk(item, steps, &pointer_to(pointer, index.to_string())));
            }
            Value::String(text) if steps.is_empty() => {
                self.pointer = pointer.to_owned();
                let text = text.strip_prefix("urn:oid:").unwrap_or(text);
                self.words.extend(text.split_whitespace());
            }
            Value::Object(members) => {
                if let Some(member) = members.get(name) {
                    self.walk(member, rest, &pointer_to(pointer, name));
                }
            }
            _ => {}
        }
    }

    fn says(&self, header: &[&str]) -> bool {
        let mut words = self.words.clone();
        words.sort_unstable();
        words.dedup();
        words.len() == header.len() && header.iter().all(|header| words.iter().any(|word| is_same(word, header)))
    }

    fn shown(&self) -> String {
        self.words.join(" ")
    }
}

/// Dates are `1981-01-01` in JSON and `19810101` in the header.
fn is_same(word: &str, header: &str) -> bool {
    let is_number = header.bytes().all(|byte| byte.is_ascii_digit());
    word.eq_ignore_ascii_case(header)
        || is_same_text(word, header)
        || (is_number && word.bytes().filter(|byte| *byte != b'-').eq(header.bytes()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{FoundMembers, is_same};

    #[test]
    fn members_are_found_through_arrays() {
        let value = json!({"asiakas": [{"etunimet": "Elli Testi"}]});
        let mut found = FoundMembers::default();
        found.walk(&value, "asiakas/etunimet", "/a");
        assert_eq!((found.pointer.as_str(), found.words.as_slice()), ("/a/asiakas/0/etunimet", &["Elli", "Testi"][..]));
        assert!(found.says(&["Elli", "Testi"]) && !found.says(&["Elli"]));
    }

    #[test]
    fn dates_are_compared_in_either_form() {
        assert!(is_same("1981-01-01", "19810101") && !is_same("1981-01-02", "19810101"));
        assert!(!is_same("Anna-Liisa", "AnnaLiisa"));
        let composed = FoundMembers { pointer: String::new(), words: vec!["Zacharias", "\u{c4}ij\u{e4}"] };
        assert!(composed.says(&["A\u{308}ija\u{308}", "Zacharias"]), "whatever the order of their bytes");
    }
}
