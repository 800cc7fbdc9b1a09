//! Who the header says has signed is who signed: the author, or the holder of a professional's certificate.

use super::signed::{kind_of, signatures, signer};
use crate::profile::SignatureKind;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::Part;
use crate::wire::cda::SignedBy;
use crate::wire::trust::subject_serial_number;
use crate::words::Said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "signer-named-otherwise",
    requirement: "STO-43",
    sentence: "Who the header says has signed is who signed: the author, or the holder of a professional's certificate.",
    codes: &[FindingCode::SignerNamedOtherwise],
    judge,
};

/// Where no professional signed there is nobody to name.
fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let by_professional = || signatures(subject).iter().filter(|signature| is_by_professional(subject, signature));
    let header = subject.root(Part::Document).and_then(|root| root.child("localSocialHeader"));
    let Some(header) = header.filter(|_| by_professional().next().is_some()) else { return };
    let author = subject.document.and_then(|document| Some(document.author.as_ref()?.extension.as_str()));
    for told in header.children().filter(|child| child.name() == "signature") {
        let Some(named) = told.child("assignedAuthorSigner") else { continue };
        let Some(number) = named.text().filter(|number| !number.is_empty() && Some(*number) != author) else {
            continue;
        };
        let signers: Vec<String> = by_professional().filter_map(|one| subject_serial_number(signer(one)?)).collect();
        if !signers.iter().any(|signer| signer == number) {
            let expected = if signers.is_empty() { author.unwrap_or_default().to_owned() } else { signers.join(" / ") };
            findings.add(
                FindingCode::SignerNamedOtherwise,
                &named.spot(Part::Document),
                Said::value(expected),
                Said::value(number),
            );
        }
    }
}

fn is_by_professional(subject: &JudgedMessage<'_>, signature: &SignedBy) -> bool {
    kind_of(subject, signature) == Some(SignatureKind::Professional)
}
