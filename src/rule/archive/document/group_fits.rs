//! The document group fits the service request.

use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::Subject;

pub const GROUP_FITS: Rule =
    Rule { sentence: "The document group fits the service request.", codes: &["document-group-unfit"], judge };

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let group = subject.header().and_then(|header| header.group.as_ref());
    let Some(group) = group.filter(|group| !group.code.is_empty() && !subject.group_fits(group)) else { return };
    let system = subject.context.profile.oid("document-group");
    let expected = match subject.service_request {
        Some(row) if row.groups.is_empty() => format!("no document with service request {}", row.code),
        Some(row) => format!("{} of {system}, for service request {}", row.groups.join(" / "), row.code),
        None => format!("a code of {system}"),
    };
    findings.add("document-group-unfit", &group.spot, expected, format!("{} ({})", group.code, group.system));
}
