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

/// The version that is replaced: as the archive has it, else as the message says. A replacement of an
/// older version than the newest counts from that one; that it is not the newest is another finding.
fn replaced_version(subject: &Subject<'_>) -> Option<u32> {
    let known = subject.context.known;
    let parent = subject.replaced();
    let named = parent.and_then(|parent| known.document(parent.id.as_ref()?));
    let newest = || known.newest(subject.agreed_set_id()?);
    let told = || parent?.version.as_ref()?.parse().ok();
    named.or_else(newest).map(|version| version.version).or_else(told)
}
