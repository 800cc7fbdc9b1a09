//! A declaration document says what it declares.

use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::Subject;
use crate::rule::declaration::of_document;

pub const DECLARATION_SAID: Rule =
    Rule { sentence: "A declaration document says what it declares.", codes: &["declaration-unclear"], judge };

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(document) = subject.document else { return };
    if let Err(unclear) = of_document(subject.reading, subject.context.profile) {
        let form = document.body.as_ref().and_then(|body| body.json.as_ref());
        let spot = form.map_or(&document.spot, |form| &form.spot);
        findings.add("declaration-unclear", spot, "what is declared, and by whom", unclear.to_string());
    }
}
