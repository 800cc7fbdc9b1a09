//! Expected failures: deviations that are known, each a finding of a scenario with reason, owner and end date. One that
//! does not come fails the run, and one past its date no longer counts.

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::result::{Reason, ReasonCode, ScenarioVerdict};
use crate::domain::{Outcome, Severity};
use crate::rule::{Finding, FindingCode};
use crate::source::{Diagnostic, Diagnostics, SourceFile, read_toml};

/// Furthest end of a row, in months from the day of the run.
const LONGEST_MONTHS: i32 = 12;

/// The list of expected failures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExpectedFailures(Vec<ExpectedFailure>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct ExpectedFailure {
    scenario: String,
    finding: Option<FindingCode>,
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
    finding: Spanned<String>,
    reason: Spanned<String>,
    owner: Spanned<String>,
    until: Spanned<String>,
}

impl ExpectedFailures {
    /// The list in `file` on `today`; `scenarios` are the ids that there are.
    ///
    /// # Errors
    /// Every mistake in it, with its place.
    pub fn read(file: &SourceFile, scenarios: &[&str], today: Date) -> Result<Self, Diagnostics> {
        let text: FileText = read_toml(file, "a row has scenario, finding, reason, owner and until")?;
        let mut reader = RowReader { file, scenarios, today, mistakes: Diagnostics::default() };
        let rows = text.expected.into_iter().map(|row| reader.row(row)).collect();
        reader.mistakes.into_result(Self(rows))
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The verdict as the list makes it on `today`. A failure for another finding than the listed ones stays one, and
    /// so does what could not be judged.
    #[must_use]
    pub fn apply(&self, mut verdict: ScenarioVerdict, today: Date) -> ScenarioVerdict {
        let is_own = |row: &&ExpectedFailure| row.scenario == verdict.id && row.until >= today;
        let rows: Vec<&ExpectedFailure> = self.0.iter().filter(is_own).collect();
        let came = |row: &&ExpectedFailure| verdict.findings.iter().any(|finding| row.names(finding));
        let absent = rows.iter().find(|row| !came(row));
        let fails = |finding: &&Finding| finding.severity == Severity::Fail;
        let is_known = |finding: &Finding| rows.iter().any(|row| row.names(finding));
        let all_known = verdict.reason.is_none() && verdict.findings.iter().filter(fails).all(is_known);
        let (outcome, code, told) = match (verdict.outcome, absent) {
            (Outcome::Pass | Outcome::Warning | Outcome::Fail, Some(row)) if verdict.reason.is_none() => {
                (Outcome::Fail, ReasonCode::UnexpectedPass, row.told())
            }
            (Outcome::Fail, None) if !rows.is_empty() && all_known => {
                let told: Vec<String> = rows.iter().map(|row| row.told()).collect();
                (Outcome::KnownFailure, ReasonCode::ExpectedFailure, told.join("; "))
            }
            _ => return verdict,
        };
        verdict.outcome = outcome;
        verdict.reason = Some(Reason { code, detail: told.into() });
        verdict
    }
}

impl ExpectedFailure {
    fn names(&self, finding: &Finding) -> bool {
        self.finding == Some(finding.code)
    }

    fn told(&self) -> String {
        let code = self.finding.map_or("", FindingCode::as_str);
        format!("{code}: {} ({}, {})", self.reason, self.owner, self.until)
    }
}

/// Reads rows and collects their mistakes.
struct RowReader<'a> {
    file: &'a SourceFile,
    scenarios: &'a [&'a str],
    today: Date,
    mistakes: Diagnostics,
}

impl RowReader<'_> {
    fn mistake(&mut self, at: &Spanned<String>, title: impl Into<String>, hint: &str) {
        self.mistakes.push(Diagnostic::new(self.file, at.span(), title, hint));
    }

    fn row(&mut self, row: RowText) -> ExpectedFailure {
        if !self.scenarios.contains(&row.scenario.get_ref().as_str()) {
            let title = format!("no scenario {}", row.scenario.get_ref());
            self.mistake(&row.scenario, title, "`kantakoe scenarios` lists them");
        }
        for member in [&row.reason, &row.owner] {
            if member.get_ref().trim().is_empty() {
                self.mistake(member, "an expected failure needs a reason and an owner", "say them");
            }
        }
        let finding = row.finding.get_ref().parse().ok();
        if finding.is_none() {
            let title = format!("no finding {}", row.finding.get_ref());
            self.mistake(&row.finding, title, "`kantakoe explain --list` lists their codes");
        }
        ExpectedFailure {
            until: self.until(&row.until),
            scenario: row.scenario.into_inner(),
            finding,
            reason: row.reason.into_inner(),
            owner: row.owner.into_inner(),
        }
    }

    fn until(&mut self, said: &Spanned<String>) -> Date {
        let Ok(until) = said.get_ref().parse::<Date>() else {
            self.mistake(said, "no date", "write it as 2027-01-31");
            return Date::ZERO;
        };
        let latest = self.today.saturating_add(jiff::Span::new().months(LONGEST_MONTHS));
        if until > latest {
            self.mistake(said, format!("later than a year from today: {until}"), &format!("{latest} is the latest"));
        }
        until
    }
}
