//! `junit.xml`: a suite per area, a case per scenario, for CI servers.
//!
//! A broken requirement is a failure; what could not be judged, was not set up or must be looked at is
//! an error; what the system lacks is skipped with its reason.

use junit_report::{
    Duration, OffsetDateTime, Report, ReportBuilder, TestCase, TestCaseBuilder, TestSuite, TestSuiteBuilder,
};

use super::plain::finding_lines;
use super::redact;
use super::texts::Texts;
use super::xml_text::XmlText;
use crate::domain::Outcome;
use crate::run::{Reason, RunResult, ScenarioVerdict};

/// Longest reason, in characters.
const LONGEST: usize = 400;
/// Name of the suite and the case that carry what belongs to no scenario.
const RUN: &str = "run";

/// The report of `result`.
pub fn write(result: &RunResult, texts: &Texts) -> String {
    let mut bytes = Vec::new();
    report(result, texts).write_xml(&mut bytes).expect("writing to memory cannot fail");
    String::from_utf8(bytes).expect("the library writes UTF-8")
}

fn report(result: &RunResult, texts: &Texts) -> Report {
    let mut areas: Vec<&str> = Vec::new();
    for verdict in &result.scenarios {
        if !areas.contains(&verdict.area.as_str()) {
            areas.push(&verdict.area);
        }
    }
    let suites = areas.into_iter().map(|area| {
        let verdicts = result.scenarios.iter().filter(|verdict| verdict.area == area);
        suite(area, verdicts.map(|verdict| case(verdict, texts)), result)
    });
    let mut report = ReportBuilder::new();
    report.add_testsuites(suites);
    if let Some(case) = run_case(result, texts) {
        report.add_testsuite(suite(RUN, [case], result));
    }
    report.build()
}

fn suite(area: &str, cases: impl IntoIterator<Item = TestCase>, result: &RunResult) -> TestSuite {
    let started = OffsetDateTime::from_unix_timestamp(result.header.started.as_second())
        .unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let name = XmlText::new(&format!("kantakoe.{area}"));
    TestSuiteBuilder::new(name.attribute()).set_timestamp(started).add_testcases(cases).build()
}

fn case(verdict: &ScenarioVerdict, texts: &Texts) -> TestCase {
    let title = texts.language.choose(&verdict.title);
    let name = XmlText::new(&format!("{}: {title}", verdict.id));
    let time = Duration::milliseconds(i64::try_from(verdict.milliseconds).unwrap_or(i64::MAX));
    let message = XmlText::new(&message(verdict, texts));
    let kind = verdict.findings.first().map_or(verdict.outcome.name(), |finding| &finding.code);
    let kind = XmlText::new(kind);
    let mut case = match verdict.outcome {
        Outcome::Pass | Outcome::Warning => TestCaseBuilder::success(name.attribute(), time),
        Outcome::Fail => TestCaseBuilder::failure(name.attribute(), time, kind.attribute(), message.attribute()),
        Outcome::NotApplicable => {
            TestCaseBuilder::skipped_with_cause(name.attribute(), verdict.outcome.name(), message.attribute())
        }
        Outcome::Review | Outcome::Inconclusive | Outcome::Configuration | Outcome::Error => {
            TestCaseBuilder::error(name.attribute(), time, verdict.outcome.name(), message.attribute())
        }
    };
    let details = XmlText::new(&details(verdict, texts)).cdata();
    case.set_trace(&details);
    case.set_system_out(&details);
    case.set_classname(XmlText::new(&format!("kantakoe.{}", verdict.area)).attribute());
    case.set_filepath(XmlText::new(verdict.source.split(':').next().unwrap_or_default()).attribute());
    case.build()
}

/// Requirement ids, where the scenario stands, and every finding. Some CI servers show the trace of a
/// failure only, others the output only; so it goes into both.
fn details(verdict: &ScenarioVerdict, texts: &Texts) -> String {
    let words = &texts.words;
    let requirements = format!("{}: {}", words.heading.requirements, verdict.requirements.join(" "));
    let source = format!("{}: {}", words.label.scenario, verdict.source);
    let findings = verdict.findings.iter().flat_map(|finding| finding_lines(finding, texts));
    [requirements, source].into_iter().chain(findings).map(|line| line + "\n").collect()
}

/// The gravest finding, or the reason, in one line.
fn message(verdict: &ScenarioVerdict, texts: &Texts) -> String {
    let finding = verdict.findings.first().map(|finding| texts.finding(&finding.code).title.clone());
    let reason = verdict.reason.as_ref().map(|reason| reason_line(reason, texts));
    let either = if verdict.outcome == Outcome::Fail { finding.or(reason) } else { reason.or(finding) };
    either.unwrap_or_else(|| texts.words.outcome.of(verdict.outcome).to_owned())
}

fn reason_line(reason: &Reason, texts: &Texts) -> String {
    format!("{}: {}", texts.words.reason.of(reason.code), redact::line(&reason.detail, LONGEST))
}

/// A case for what decides the run outside of its scenarios: its own reason and findings.
fn run_case(result: &RunResult, texts: &Texts) -> Option<TestCase> {
    if result.reason.is_none() && result.findings.is_empty() {
        return None;
    }
    let reason = result.reason.as_ref().map(|reason| reason_line(reason, texts));
    let lines: String =
        result.findings.iter().map(|finding| finding_lines(finding, texts).join("\n") + "\n").collect();
    let title = result.findings.first().map(|finding| texts.finding(&finding.code).title.clone());
    let message = XmlText::new(&reason.or(title).unwrap_or_default());
    let scenarios = Outcome::fold(result.scenarios.iter().map(|verdict| verdict.outcome));
    let (name, time) = (XmlText::new(&texts.words.heading.run_findings), Duration::ZERO);
    let mut case = if result.outcome == scenarios && result.reason.is_none() {
        TestCaseBuilder::success(name.attribute(), time)
    } else if result.outcome == Outcome::Fail {
        TestCaseBuilder::failure(name.attribute(), time, result.outcome.name(), message.attribute())
    } else {
        TestCaseBuilder::error(name.attribute(), time, result.outcome.name(), message.attribute())
    };
    case.set_classname(&format!("kantakoe.{RUN}"));
    case.set_system_out(&XmlText::new(&lines).cdata());
    Some(case.build())
}
