//! The document has a structured form.

use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{NOTHING, Subject, under};

pub const JSON_PRESENT: Rule =
    Rule { sentence: "The document has a structured form.", codes: &["json-missing"], judge };

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(body) = subject.body() else { return };
    match body.json.as_ref().map(|json| (&json.spot, &json.value)) {
        None if !subject.needs_structured_form() => {}
        None => findings.add("json-missing", &under(&body.spot, "json"), "Base64 of a JSON text", NOTHING),
        Some((spot, Err(reason))) => findings.add("json-missing", spot, "Base64 of a JSON text", reason.as_str()),
        Some((_, Ok(_))) => {}
    }
}
