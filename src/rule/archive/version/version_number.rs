//! A replacement raises versionNumber by one.

use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::Subject;

pub const VERSION_NUMBER: Rule =
    Rule { sentence: "A replacement raises versionNumber by one.", codes: &["version-not-raised"], judge };

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(stated) = subject.agreed_version().filter(|_| subject.brings_version()) else { return };
    let (Ok(version), Some(replaced)) = (stated.parse::<u32>(), replaced_version(subject)) else { return };
    let expected = replaced.saturating_add(1);
    if version != expected {
        findings.add("version-not-raised", &stated.spot, expected.to_string(), stated.as_str());
    }
}

/// The version to count from: the newest of the set as the archive has it, else the one that the message
/// replaces. Which one it links to is another rule's matter.
fn replaced_version(subject: &Subject<'_>) -> Option<u32> {
    let known = subject.context.known;
    let parent = subject.replaced();
    let newest = known.newest(subject.agreed_set_id()?);
    let named = || parent.and_then(|parent| known.document(parent.id.as_ref()?));
    let told = || parent?.version.as_ref()?.parse().ok();
    newest.or_else(named).map(|version| version.version).or_else(told)
}
