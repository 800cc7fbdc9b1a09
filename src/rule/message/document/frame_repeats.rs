//! What the frame repeats of the document, by the rows of the profile.

use crate::rule::message::judged_message::JudgedMessage;
use crate::rule::message::path_words::{PathWords, same_words};
use crate::rule::{FindingCode, Findings};
use crate::wire::Part;
use crate::words::Said;

/// Adds `code` for what frame and document tell differently. What only one of them tells is no difference.
pub fn judge_repeated(subject: &JudgedMessage<'_>, code: FindingCode, findings: &mut Findings<'_>) {
    let frame = subject.root(Part::Frame).and_then(|root| root.find("controlActProcess/subject/clinicalDocument"));
    let (Some(frame), Some(document)) = (frame, subject.root(Part::Document)) else { return };
    for row in &subject.context.profile.agreement.frame {
        let attribute = row.attribute.as_deref();
        let (framed, own) =
            (PathWords::below(frame, &row.frame, attribute), PathWords::below(document, &row.document, attribute));
        let (Some(first), Some(_)) = (framed.first, own.first) else { continue };
        if !same_words(&framed.words, &own.words) {
            let element = first.spot(Part::Frame);
            let spot = attribute.map_or_else(|| element.clone(), |name| element.child(&format!("@{name}")));
            findings.add_as(
                code,
                row.evidence,
                &spot,
                Said::value(own.words.join(" ")),
                Said::value(framed.words.join(" ")),
            );
        }
    }
}
