//! The terminal: progress while a run goes on, and a summary that a person can act on.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::gaps;
use super::plain::{finding_lines, reason_line};
use super::redact;
use super::texts::Texts;
use super::words::fill;
use crate::domain::Outcome;
use crate::rule::Finding;
use crate::run::{Event, Reason, RunResult, ScenarioVerdict};

/// Longest text of the vendor's system in a line, in characters.
const LONGEST: usize = 200;
const TICK: Duration = Duration::from_millis(120);

/// Tells a run to `out`, one line a scenario; and to a progress bar, where one is wanted.
pub struct Terminal<W> {
    out: W,
    texts: &'static Texts,
    bar: Option<ProgressBar>,
    total: usize,
    finished: usize,
}

impl<W: Write> Terminal<W> {
    /// Writes lines to `out`. With `progress`, a bar is drawn there and only scenarios that did not
    /// pass get a line.
    pub fn new(out: W, texts: &'static Texts, progress: Option<ProgressDrawTarget>) -> Self {
        let bar = progress.map(|target| ProgressBar::with_draw_target(None, target).with_style(style()));
        Self { out, texts, bar, total: 0, finished: 0 }
    }

    /// Tells what happened.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn tell(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::RunStarted { header, scenarios } => {
                self.total = *scenarios;
                let system = redact::line(&format!("{} {}", header.system.name, header.system.version), LONGEST);
                let values = [("n", scenarios.to_string()), ("system", system)];
                self.start_bar();
                self.line(&filled(&self.texts.words.terminal.started, &values))
            }
            Event::ScenarioStarted { .. } => Ok(()),
            Event::StepStarted { scenario, action, .. } => {
                self.show_waiting(scenario, action);
                Ok(())
            }
            Event::ScenarioFinished(verdict) => self.scenario(verdict),
            Event::RunFinished(_) => {
                if let Some(bar) = self.bar.take() {
                    bar.finish_and_clear();
                }
                Ok(())
            }
        }
    }

    /// Ends the telling and gives `out` back.
    pub fn into_inner(self) -> W {
        self.out
    }

    fn start_bar(&self) {
        if let Some(bar) = &self.bar {
            bar.set_length(self.total as u64);
            bar.enable_steady_tick(TICK);
        }
    }

    fn show_waiting(&self, scenario: &str, action: &str) {
        if let Some(bar) = &self.bar {
            let values = [("action", action.to_owned()), ("scenario", scenario.to_owned())];
            bar.set_message(filled(&self.texts.words.terminal.waiting, &values));
        }
    }

    fn scenario(&mut self, verdict: &ScenarioVerdict) -> io::Result<()> {
        self.finished += 1;
        if let Some(bar) = &self.bar {
            bar.inc(1);
            if verdict.outcome == Outcome::Pass {
                return Ok(());
            }
        }
        let count = format!("{:>width$}/{}", self.finished, self.total, width = self.total.to_string().len());
        let head = headline(verdict, self.texts);
        let findings = match verdict.findings.len() {
            0 => String::new(),
            n => format!(" ({})", self.texts.words.count.findings.of(n)),
        };
        self.line(&format!("{count}  {head}{findings}"))
    }

    fn line(&mut self, line: &str) -> io::Result<()> {
        let out = &mut self.out;
        match &self.bar {
            Some(bar) => bar.suspend(|| writeln!(out, "{line}")),
            None => writeln!(out, "{line}"),
        }
    }
}

/// Writes what came out: each scenario that needs a person, with its findings; then the outcome, the
/// counts and where the page is.
///
/// # Errors
/// When `out` cannot be written.
pub fn summary(out: &mut impl Write, result: &RunResult, texts: &Texts, page: Option<&Path>) -> io::Result<()> {
    let words = &texts.words;
    for verdict in result.scenarios.iter().filter(|verdict| needs_a_person(verdict.outcome)) {
        writeln!(out, "\n{}\n    {}", headline(verdict, texts), verdict.source)?;
        reason(out, verdict.reason.as_ref(), texts)?;
        findings(out, &verdict.findings, texts)?;
    }
    if !result.findings.is_empty() {
        writeln!(out, "\n{}", words.heading.run_findings)?;
        findings(out, &result.findings, texts)?;
    }
    writeln!(out)?;
    for line in gaps::first_lines(result, texts) {
        writeln!(out, "{line}")?;
    }
    gaps::lines(result, texts).iter().try_for_each(|line| writeln!(out, "- {line}"))?;
    writeln!(out, "{}. {}", words.outcome.of(result.outcome), words.meaning.of(result.outcome))?;
    reason(out, result.reason.as_ref(), texts)?;
    writeln!(out, "{}", counts(result, texts))?;
    if needs_a_person(result.outcome) {
        writeln!(out, "{}", words.terminal.explain)?;
    }
    if let Some(page) = page {
        writeln!(out, "{}", fill(&words.terminal.report_at, &[("path", &page.display().to_string())]))?;
    }
    writeln!(out, "{}", words.note.disclaimer)
}

fn needs_a_person(outcome: Outcome) -> bool {
    !matches!(outcome, Outcome::Pass | Outcome::NotApplicable)
}

/// A sign, the outcome in words, the id and the title.
fn headline(verdict: &ScenarioVerdict, texts: &Texts) -> String {
    let outcome = texts.words.outcome.of(verdict.outcome);
    format!("{} {outcome}  {}  {}", sign(verdict.outcome), verdict.id, verdict.title.in_language(texts.language))
}

fn sign(outcome: Outcome) -> char {
    match outcome {
        Outcome::Pass => '✓',
        Outcome::Warning => '!',
        Outcome::Fail => '✗',
        Outcome::Partial => '◐',
        Outcome::KnownFailure => '≈',
        Outcome::Review | Outcome::Incomplete | Outcome::Inconclusive => '?',
        Outcome::Configuration => '⚙',
        Outcome::Error => '※',
        Outcome::NotApplicable => '–',
    }
}

fn reason(out: &mut impl Write, reason: Option<&Reason>, texts: &Texts) -> io::Result<()> {
    let Some(reason) = reason else { return Ok(()) };
    writeln!(out, "    {}", reason_line(reason, texts))
}

/// The first finding of each code in full, the others counted.
fn findings(out: &mut impl Write, findings: &[Finding], texts: &Texts) -> io::Result<()> {
    for (index, finding) in findings.iter().enumerate() {
        let is_alike = |other: &&Finding| other.code == finding.code;
        if findings[..index].iter().any(|earlier| is_alike(&earlier)) {
            continue;
        }
        for line in finding_lines(finding, texts) {
            writeln!(out, "    {line}")?;
        }
        match findings[index + 1..].iter().filter(is_alike).count() {
            0 => {}
            more => writeln!(out, "      {}", texts.words.terminal.finding_more.of(more))?,
        }
    }
    Ok(())
}

/// How many passed, and how many came out otherwise.
fn counts(result: &RunResult, texts: &Texts) -> String {
    let counts = result.counts;
    let passed = counts.pass + counts.warning;
    let values = [("passed", passed.to_string()), ("total", counts.total.to_string())];
    let others: Vec<String> = super::summary::counted(counts)
        .into_iter()
        .filter(|(outcome, count)| *count > 0 && *outcome != Outcome::Pass)
        .map(|(outcome, count)| format!("{}: {count}", texts.words.outcome.of(outcome)))
        .collect();
    let first = filled(&texts.words.terminal.passed_of, &values);
    if others.is_empty() { first } else { format!("{first} ({})", others.join(", ")) }
}

fn filled<const N: usize>(text: &str, values: &[(&str, String); N]) -> String {
    fill(text, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{spinner} {pos}/{len} [{bar:30}] {elapsed} {wide_msg}")
        .expect("the template is well formed")
        .progress_chars("=> ")
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use indicatif::ProgressDrawTarget;

    use super::{Terminal, summary};
    use crate::report::Language;
    use crate::report::example::{self, TOKEN};
    use crate::run::{Event, RunResult};

    fn told(language: Language, progress: Option<ProgressDrawTarget>, result: &RunResult) -> String {
        let mut terminal = Terminal::new(Vec::new(), example::texts(language), progress);
        let header = Arc::new(result.header.clone());
        let mut events = vec![Event::RunStarted { header, scenarios: result.scenarios.len() }];
        for verdict in &result.scenarios {
            let scenario = verdict.id.clone();
            events.push(Event::ScenarioStarted { id: scenario.clone() });
            events.push(Event::StepStarted { scenario, step: "store".into(), action: "store-matter".into() });
            events.push(Event::ScenarioFinished(Arc::new(verdict.clone())));
        }
        events.push(Event::RunFinished(Arc::new(result.clone())));
        events.iter().for_each(|event| terminal.tell(event).expect("told"));
        String::from_utf8(terminal.into_inner()).expect("UTF-8")
    }

    #[test]
    fn tells_a_line_for_each_scenario_and_a_summary() {
        let result = example::result();
        for language in Language::ALL {
            let mut out = told(language, None, &result).into_bytes();
            summary(&mut out, &result, example::texts(language), Some(Path::new("reports/index.html"))).expect("told");
            let out = String::from_utf8(out).expect("UTF-8");
            assert!(!out.contains(TOKEN) && !out.contains(&example::foreign_code()) && !out.contains('\u{1b}'));
            insta::assert_snapshot!(format!("terminal_{}", language.tag()), out);
        }
    }

    #[test]
    fn beside_a_progress_bar_passed_scenarios_get_no_line() {
        let out = told(Language::En, Some(ProgressDrawTarget::hidden()), &example::result());
        assert_eq!(out.lines().count(), 5, "{out}");
        assert!(!out.contains("storage/client-relationship"), "{out}");
    }

    #[test]
    fn a_writer_that_fails_is_told() {
        let mut full: &mut [u8] = &mut [0; 4];
        assert!(summary(&mut full, &example::result(), example::texts(Language::En), None).is_err());
    }
}
