//! A document has a signature of the kind that its group needs: a professional's or the system's.

use super::signed::{kind_of, signatures};
use crate::profile::SignatureKind;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
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
    let kinds: Vec<Option<SignatureKind>> = signatures.iter().map(|one| kind_of(subject, one)).collect();
    if kinds.iter().all(Option::is_some) && !kinds.contains(&Some(row.kind)) {
        let spot = first.kind.as_ref().map_or(&first.spot, |kind| &kind.spot);
        findings.add_as(FindingCode::SignatureKindUnfit, row.evidence, spot, worded(row.kind), worded(other(row.kind)));
    }
}

fn other(kind: SignatureKind) -> SignatureKind {
    match kind {
        SignatureKind::Professional => SignatureKind::System,
        SignatureKind::System => SignatureKind::Professional,
    }
}

fn worded(kind: SignatureKind) -> Said {
    match kind {
        SignatureKind::Professional => said::a_professional_s_signature(),
        SignatureKind::System => said::the_system_s_signature(),
    }
}
