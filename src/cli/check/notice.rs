//! A Bundle of disclosure notices in a file.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::files::{self, CheckError, Checked};
use crate::cli::args::CheckArguments;
use crate::cli::profile::chosen;
use crate::domain::Operation;
use crate::reading::{NoticeRequest, read_notice};
use crate::rule::notice::{NoticeContext, judge_file};
use crate::rule::{Catalogue, Finding, Strictness};
use crate::state::UnknownArchive;
use crate::wire::Part;

/// What the rules about the Bundle find; those about headers and token have nothing to look at.
pub(super) fn checked(
    arguments: &CheckArguments,
    catalogue: &Catalogue,
    strictness: Strictness,
) -> Result<(Checked, Vec<Finding>), CheckError> {
    let (profile, _) = chosen(arguments.profile.as_deref())?;
    let trust = files::trust(arguments.trust.as_deref())?;
    let body = files::bytes(&arguments.frame, profile.limits.body_bytes as u64)?;
    let context = NoticeContext {
        profile: &profile,
        catalogue,
        strictness,
        trust: &trust,
        now: Timestamp::now(),
        audience: &[],
        known: &UnknownArchive,
        exchange: None,
    };
    let findings = judge_file(&read_notice(NoticeRequest::of_body(body), &profile), &context);
    let checked = Checked {
        frame: arguments.frame.clone(),
        document: None,
        operation: Some(Operation::StoreNotice),
        part: Part::Bundle,
        entries: None,
        counts: BTreeMap::new(),
    };
    Ok((checked, findings))
}
