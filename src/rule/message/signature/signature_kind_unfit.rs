//! A document has a signature of the kind that its group needs: a professional's or the system's.

use super::signed::signatures;
use crate::profile::SignatureKindNeeded;
use crate::rule::message::judged_message::{JudgedMessage, Message};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::cda::{SignatureKind, SignedBy};
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<Message> = Rule {
    id: "signature-kind-unfit",
    requirement: "STO-42",
    sentence: "A document has a signature of the kind that its group needs: a professional's or the system's.",
    codes: &[FindingCode::SignatureKindUnfit],
    judge,
};

/// A kind that is missing or that nobody knows is another finding.
fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let (signatures, group) = (signatures(subject), subject.group());
    let rows = &subject.context.profile.signature.needed;
    let needed = group.and_then(|group| rows.iter().find(|row| row.groups.iter().any(|listed| listed == group)));
    let (Some(row), Some(first)) = (needed, signatures.first()) else { return };
    if signatures.iter().all(is_known) && !signatures.iter().any(|signature| is_of(signature, row.kind)) {
        let spot = first.kind.as_ref().map_or(&first.spot, |kind| &kind.spot);
        findings.add_as(FindingCode::SignatureKindUnfit, row.evidence, spot, worded(row.kind), worded(other(row.kind)));
    }
}

fn is_known(signature: &SignedBy) -> bool {
    is_of(signature, SignatureKindNeeded::Professional) || is_of(signature, SignatureKindNeeded::System)
}

fn is_of(signature: &SignedBy, kind: SignatureKindNeeded) -> bool {
    let wanted = match kind {
        SignatureKindNeeded::Professional => SignatureKind::Professional,
        SignatureKindNeeded::System => SignatureKind::System,
    };
    signature.kind.as_ref().is_some_and(|kind| kind.value == wanted)
}

fn other(kind: SignatureKindNeeded) -> SignatureKindNeeded {
    match kind {
        SignatureKindNeeded::Professional => SignatureKindNeeded::System,
        SignatureKindNeeded::System => SignatureKindNeeded::Professional,
    }
}

fn worded(kind: SignatureKindNeeded) -> Said {
    match kind {
        SignatureKindNeeded::Professional => said::a_professional_s_signature(),
        SignatureKindNeeded::System => said::the_system_s_signature(),
    }
}
