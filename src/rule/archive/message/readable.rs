//! A message can be read and is no larger than the archive takes.

use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::Subject;
use crate::wire::xml::ReadErrorKind;

pub const READABLE: Rule = Rule {
    sentence: "A message can be read and is no larger than the archive takes.",
    codes: &["message-unreadable", "message-too-large"],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Err(error) = &subject.reading.message else { return };
    match &error.kind {
        ReadErrorKind::TooLarge { bytes, limit } => {
            findings.add("message-too-large", &error.spot, format!("at most {limit} bytes"), format!("{bytes} bytes"));
        }
        kind => {
            findings.add(
                "message-unreadable",
                &error.spot,
                "a SOAP envelope with one HL7 v3 message",
                kind.to_string(),
            );
        }
    }
}
