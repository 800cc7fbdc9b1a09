//! A use log in a file of any form.

use std::path::Path;

use super::files::{CheckError, Checked};
use super::log_file::judge_log;
use super::request::CheckRequest;
use crate::evidence::read_journal;
use crate::files::chosen_profile;
use crate::profile::Profile;
use crate::reading::Calls;
use crate::rule::use_log::LogJudge;
use crate::rule::{Catalogue, Finding};
use crate::wire::Part;
use crate::wire::use_log::LogForm;

/// What the rules find in the log.
pub(super) fn checked(
    request: &CheckRequest<'_>,
    form: &LogForm,
    catalogue: &Catalogue,
) -> Result<(Checked, Vec<Finding>), CheckError> {
    let (profile, _) = chosen_profile(request.profile)?;
    let calls = request.evidence.map(|folder| calls(folder, &profile)).transpose()?;
    let mut judge = LogJudge::new(form.shape(), &profile, catalogue, request.strictness);
    if let Some(calls) = &calls {
        judge = judge.with_calls(calls);
    }
    judge_log(request.frame, form, &mut judge)?;
    let judged = judge.finish();
    let checked = Checked {
        frame: request.frame.to_owned(),
        document: None,
        operation: None,
        part: Part::UseLog,
        entries: Some(judged.entries),
        counts: judged.counts,
    };
    Ok((checked, judged.findings))
}

/// What Kanta saw, as the journal tells it.
fn calls(journal: &Path, profile: &Profile) -> Result<Calls, CheckError> {
    let entries = read_journal(journal).map_err(CheckError::Evidence)?;
    Ok(Calls::of(entries.iter().filter_map(|entry| entry.exchange()), profile))
}
