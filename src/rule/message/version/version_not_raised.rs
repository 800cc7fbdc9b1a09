//! A replacement raises versionNumber by one.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::Said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "version-not-raised",
    requirement: "REP-03",
    sentence: "A replacement raises versionNumber by one.",
    codes: &[FindingCode::VersionNotRaised],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(stated) = subject.agreed_version().filter(|_| subject.brings_version()) else { return };
    let (Ok(version), [Some(first), second]) = (stated.parse::<u32>(), replaced_versions(subject)) else { return };
    let raises = |replaced: u32| version == replaced.saturating_add(1);
    if !raises(first) && !second.is_some_and(raises) {
        findings.add(
            FindingCode::VersionNotRaised,
            &stated.spot,
            Said::value(first.saturating_add(1).to_string()),
            Said::value(stated.as_str()),
        );
    }
}

/// The versions to count from: the newest of the set as the archive has it, and the one that the message
/// replaces, as the archive has it or else as the message says. That the two differ is another rule's matter.
fn replaced_versions(subject: &JudgedMessage<'_>) -> [Option<u32>; 2] {
    let known = subject.context.known;
    let parent = subject.replaced();
    let newest = subject.agreed_set_id().and_then(|set_id| known.newest(set_id)).map(|version| version.version);
    let linked = parent.and_then(|parent| known.document(parent.id.as_ref()?)).map(|version| version.version);
    let told = || parent?.version.as_ref()?.parse().ok();
    let linked = linked.or_else(|| if newest.is_none() { told() } else { None });
    if newest.is_some() { [newest, linked] } else { [linked, None] }
}
