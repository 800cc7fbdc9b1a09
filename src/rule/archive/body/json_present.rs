//! The document has a structured form.

use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{Subject, under};
use crate::rule::{FindingCode, Findings};
use crate::words::said;

pub const JSON_PRESENT: Rule =
    Rule { sentence: "The document has a structured form.", codes: &[FindingCode::JsonMissing], judge };

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(body) = subject.body() else { return };
    match body.json.as_ref().map(|json| (&json.spot, &json.value)) {
        None if !subject.needs_structured_form() => {}
        None => findings.add(
            FindingCode::JsonMissing,
            &under(&body.spot, "json"),
            said::base64_of_a_json_text(),
            said::nothing(),
        ),
        Some((spot, Err(reason))) => {
            findings.add(FindingCode::JsonMissing, spot, said::base64_of_a_json_text(), reason.clone())
        }
        Some((_, Ok(_))) => {}
    }
}
