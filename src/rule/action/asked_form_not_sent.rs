//! A form goes to the recipient that was named, and is of the kind and holds the text that were given.

use serde_json::Value;

use super::asked::{ActionSubject, Asked};
use super::texts::texts_of;
use crate::domain::Operation;
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::json::{JsonLimits, parse};
use crate::wire::{Location, Part};
use crate::words::{Said, said};

pub(super) const RULE: Rule<ActionSubject> = Rule {
    id: "asked-form-not-sent",
    requirement: "FRM-04",
    sentence: "A form goes to the recipient that was named, and is of the kind and holds the text that were given.",
    codes: &[CODE],
    judge,
};

const CODE: FindingCode = FindingCode::AskedFormNotSent;

fn judge(asked: &Asked<'_>, findings: &mut Findings<'_>) {
    if asked.exchange.operation != Operation::SendForm || !asked.exchange.accepted || asked.action.action != "send-form"
    {
        return;
    }
    let limits = JsonLimits { bytes: asked.profile.limits.body_bytes, depth: asked.profile.limits.depth };
    let Ok(form) = parse(asked.exchange.request.body.bytes(), Part::Json, limits) else { return };
    for member in ["recipient", "kind"] {
        let (wanted, own) = (asked.text(member), form.value.get(member).and_then(Value::as_str));
        if wanted.is_some() && wanted != own {
            let spot = Location::path(Part::Json, format!("/{member}"));
            findings.add(CODE, &spot, Said::value_or(wanted, said::none()), Said::value_or(own, said::none()));
        }
    }
    let text = asked.text("text").unwrap_or_default();
    let texts = texts_of(&form.value);
    if !texts.iter().any(|own| own.contains(text)) {
        findings.add(CODE, &Location::path(Part::Json, "/content"), Said::value(text), Said::value(texts.join("; ")));
    }
}
