//! Expected failures: deviations that are known, each with reason, owner and end date. One that passes
//! fails the run, and one past its date no longer counts.

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::result::{Reason, ReasonCode, ScenarioVerdict};
use crate::domain::Outcome;
use crate::source::{Diagnostic, Diagnostics, SourceFile, read_toml};

/// The list of expected failures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExpectedFailures(Vec<ExpectedFailure>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct ExpectedFailure {
    scenario: String,
    reason: String,
    owner: String,
    until: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    #[serde(default)]
    expected: Vec<RowText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowText {
    scenario: Spanned<String>,
    reason: Spanned<String>,
    owner: Spanned<String>,
    until: Spanned<String>,
}

impl ExpectedFailures {
    /// The list in `file`; `scenarios` are the ids that there are.
    ///
    /// # Errors
    /// Every mistake in it, with its place.
    pub fn read(file: &SourceFile, scenarios: &[&str]) -> Result<Self, Diagnostics> {
        let text: FileText = read_toml(file, "a row has scenario, reason, owner and until")?;
        let mut mistakes = Diagnostics::default();
        let rows = text.expected.into_iter().map(|row| read_row(row, file, scenarios, &mut mistakes)).collect();
        mistakes.into_result(Self(rows))
    }

    /// The verdict as the list makes it on `today`.
    #[must_use]
    pub fn apply(&self, mut verdict: ScenarioVerdict, today: Date) -> ScenarioVerdict {
        let Some(row) = self.0.iter().find(|row| row.scenario == verdict.id && row.until >= today) else {
            return verdict;
        };
        let told = format!("{} ({}, {})", row.reason, row.owner, row.until);
        match verdict.outcome {
            Outcome::Fail => {
                verdict.outcome = Outcome::Warning;
                verdict.reason = Some(Reason { code: ReasonCode::ExpectedFailure, detail: told.into() });
            }
            Outcome::Pass | Outcome::Warning => {
                verdict.outcome = Outcome::Fail;
                verdict.reason = Some(Reason { code: ReasonCode::UnexpectedPass, detail: told.into() });
            }
            _ => {}
        }
        verdict
    }
}

fn read_row(row: RowText, file: &SourceFile, scenarios: &[&str], mistakes: &mut Diagnostics) -> ExpectedFailure {
    if !scenarios.contains(&row.scenario.get_ref().as_str()) {
        let title = format!("no scenario {}", row.scenario.get_ref());
        mistakes.push(Diagnostic::new(file, row.scenario.span(), title, "`kantakoe scenarios` lists them"));
    }
    for member in [&row.reason, &row.owner] {
        if member.get_ref().trim().is_empty() {
            mistakes.push(Diagnostic::new(
                file,
                member.span(),
                "an expected failure needs a reason and an owner",
                "say them",
            ));
        }
    }
    let until = row.until.get_ref().parse().unwrap_or_else(|_| {
        mistakes.push(Diagnostic::new(file, row.until.span(), "no date", "write it as 2027-01-31"));
        Date::ZERO
    });
    ExpectedFailure {
        scenario: row.scenario.into_inner(),
        reason: row.reason.into_inner(),
        owner: row.owner.into_inner(),
        until,
    }
}
