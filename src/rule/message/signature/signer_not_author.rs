//! A professional's signature is the author's, and the system's is the controller's or the sender's.

use super::signed::{kind_of, signatures, signer};
use crate::profile::SignatureKind;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::trust::subject_serial_number;
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "signer-not-author",
    requirement: "STO-16",
    sentence: "A professional's signature is the author's, and the system's is the controller's or the sender's.",
    codes: &[FindingCode::SignerNotAuthor],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for signature in signatures(subject) {
        let (Some(certificate), Some(kind)) = (signer(signature), kind_of(subject, signature)) else { continue };
        let rightful = rightful(subject, kind);
        let actual = subject_serial_number(certificate);
        if !rightful.is_empty() && !actual.as_deref().is_some_and(|actual| rightful.contains(&actual)) {
            let actual = Said::value_or(actual, said::nothing());
            findings.add(
                FindingCode::SignerNotAuthor,
                &signature.report.spot,
                Said::value(rightful.join(" / ")),
                actual,
            );
        }
    }
}

/// Whose number the certificate may carry; empty where the document does not tell.
fn rightful<'a>(subject: &JudgedMessage<'a>, kind: SignatureKind) -> Vec<&'a str> {
    let document = subject.document;
    let candidates = match kind {
        SignatureKind::Professional => [document.and_then(|document| Some(&document.author.as_ref()?.extension)), None],
        SignatureKind::System => [
            document.and_then(|document| Some(&document.custodian.as_ref()?.value)),
            subject.frame.and_then(|frame| Some(&frame.sender.as_ref()?.value)),
        ],
    };
    candidates.into_iter().flatten().map(String::as_str).collect()
}
