//! A use log in a file of any form.

use std::path::Path;

use super::files::{CheckError, Checked};
use crate::cli::args::CheckArguments;
use crate::cli::log_file::judge_log;
use crate::cli::profile::chosen;
use crate::evidence::{Entry, read_journal};
use crate::profile::Profile;
use crate::reading::Calls;
use crate::rule::use_log::LogJudge;
use crate::rule::{Catalogue, Finding, Strictness};
use crate::wire::Part;
use crate::wire::use_log::LogForm;

/// What the rules find in the log.
pub(super) fn checked(
    arguments: &CheckArguments,
    form: &LogForm,
    catalogue: &Catalogue,
    strictness: Strictness,
) -> Result<(Checked, Vec<Finding>), CheckError> {
    let (profile, _) = chosen(arguments.profile.as_deref())?;
    let calls = arguments.evidence.as_deref().map(|folder| calls(folder, &profile)).transpose()?;
    let mut judge = LogJudge::new(form.shape(), &profile, catalogue, strictness);
    if let Some(calls) = &calls {
        judge = judge.with_calls(calls);
    }
    judge_log(&arguments.frame, form, &mut judge)?;
    let judged = judge.finish();
    let checked = Checked {
        frame: arguments.frame.clone(),
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
    let exchanges = entries.iter().filter_map(|entry| match entry {
        Entry::Exchange(exchange) => Some(&**exchange),
        _ => None,
    });
    Ok(Calls::of(exchanges, profile))
}
