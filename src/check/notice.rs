//! A Bundle of disclosure notices in a file.

use std::collections::BTreeMap;

use super::files::{self, CheckError, Checked};
use super::request::CheckRequest;
use crate::domain::Operation;
use crate::files::chosen_profile;
use crate::reading::{NoticeRequest, read_notice};
use crate::rule::notice::{NoticeContext, judge_file};
use crate::rule::{Catalogue, Finding};
use crate::state::UnknownArchive;
use crate::wire::Part;

/// What the rules about the Bundle find; those about headers and token have nothing to look at.
pub(super) fn checked(
    request: &CheckRequest<'_>,
    catalogue: &Catalogue,
) -> Result<(Checked, Vec<Finding>), CheckError> {
    let (profile, _) = chosen_profile(request.profile)?;
    let trust = files::trust(request.trust)?;
    let body = files::bytes(request.frame, profile.limits.body_bytes as u64)?;
    let context = NoticeContext {
        profile: &profile,
        catalogue,
        strictness: request.strictness,
        trust: &trust,
        now: request.now,
        audience: &[],
        known: &UnknownArchive,
        exchange: None,
    };
    let findings = judge_file(&read_notice(NoticeRequest::of_body(body), &profile), &context);
    let checked = Checked {
        frame: request.frame.to_owned(),
        document: None,
        operation: Some(Operation::StoreNotice),
        part: Part::Bundle,
        entries: None,
        counts: BTreeMap::new(),
    };
    Ok((checked, findings))
}
