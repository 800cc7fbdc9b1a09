//! `junit.xml`: a suite per area, a case per scenario, for CI servers.
//!
//! A broken requirement is a failure; one that the list of expected failures names is skipped with its reason; what could not be judged, was not set up or must be looked at is
//! an error; what the system lacks is skipped with its reason.

use junit_report::{
    Duration, OffsetDateTime, Report, ReportBuilder, TestCase, TestCaseBuilder, TestSuite, TestSuiteBuilder,
};

use super::gaps;
use super::plain::{finding_lines, reason_line};
use super::texts::Texts;
use super::xml_text::XmlText;
use crate::domain::{Area, Outcome};
use crate::run::{RunResult, ScenarioVerdict};

/// Name of the suite and the case that carry what belongs to no scenario.
const RUN: &str = "run";

/// The report of `result`.
pub fn write(result: &RunResult, texts: &Texts) -> String {
    let mut bytes = Vec::new();
    report(result, texts).write_xml(&mut bytes).expect("writing to memory cannot fail");
    with_properties(&String::from_utf8(bytes).expect("the library writes UTF-8"), result)
}

/// The report with the properties of the run in each suite, which the library cannot write.
fn with_properties(report: &str, result: &RunResult) -> String {
    let selection = &result.header.selection;
    let rows = [
        ("kantakoe.outcome", result.outcome.name().to_owned()),
        ("kantakoe.exit-code", result.exit_code().to_string()),
        ("kantakoe.chosen", result.scenarios.len().to_string()),
        ("kantakoe.not-run", selection.left_out().to_string()),
        ("kantakoe.known-failures", result.counts.known_failure.to_string()),
        ("kantakoe.incomplete", result.counts.incomplete.to_string()),
    ];
    let row = |(name, value): (&str, String)| format!("<property name=\"{name}\" value=\"{value}\" />");
    let properties = format!("<properties>{}</properties>", rows.map(row).concat());
    let mut whole = String::with_capacity(report.len());
    let mut rest = report;
    while let Some(at) = rest.find("<testsuite ").map(|start| start + end_of_tag(&rest[start..])) {
        whole.push_str(&rest[..at]);
        whole.push_str(&properties);
        rest = &rest[at..];
    }
    whole + rest
}

/// Where the tag that `text` begins with ends, behind its `>`: one in an attribute ends nothing.
fn end_of_tag(text: &str) -> usize {
    let mut quoted = false;
    let end = text.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    });
    end.map_or(text.len(), |end| end + 1)
}

fn report(result: &RunResult, texts: &Texts) -> Report {
    let mut areas: Vec<Area> = Vec::new();
    for verdict in &result.scenarios {
        if !areas.contains(&verdict.area) {
            areas.push(verdict.area);
        }
    }
    let suites = areas.into_iter().map(|area| {
        let verdicts = result.scenarios.iter().filter(|verdict| verdict.area == area);
        suite(area.name(), verdicts.map(|verdict| case(verdict, texts)), result, texts)
    });
    let mut report = ReportBuilder::new();
    report.add_testsuites(suites);
    if let Some(case) = run_case(result, texts) {
        report.add_testsuite(suite(RUN, [case], result, texts));
    }
    report.build()
}

/// The suite carries the start of the run: left alone, the library would stamp it with the wall clock. What
/// the run does not show stands in the suite's output.
fn suite(area: &str, cases: impl IntoIterator<Item = TestCase>, result: &RunResult, texts: &Texts) -> TestSuite {
    let started =
        OffsetDateTime::from_unix_timestamp(result.header.started.as_second()).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let name = XmlText::new(&format!("kantakoe.{area}"));
    let mut suite = TestSuiteBuilder::new(name.attribute());
    suite.set_timestamp(started).add_testcases(cases);
    let notes = gaps::first_lines(result, texts).into_iter().chain(gaps::lines(result, texts));
    let notes = notes.collect::<Vec<_>>().join("\n");
    if !notes.is_empty() {
        suite.set_system_out(&XmlText::new(&notes).cdata());
    }
    suite.build()
}

fn case(verdict: &ScenarioVerdict, texts: &Texts) -> TestCase {
    let title = verdict.title.in_language(texts.language);
    let name = XmlText::new(&format!("{}: {title}", verdict.id));
    let time = Duration::milliseconds(i64::try_from(verdict.milliseconds).unwrap_or(i64::MAX));
    let message = XmlText::new(&message(verdict, texts));
    let kind = verdict.findings.first().map_or(verdict.outcome.name(), |finding| finding.code.as_str());
    let kind = XmlText::new(kind);
    let mut case = match verdict.outcome {
        Outcome::Pass | Outcome::Warning | Outcome::Partial => TestCaseBuilder::success(name.attribute(), time),
        Outcome::Fail => TestCaseBuilder::failure(name.attribute(), time, kind.attribute(), message.attribute()),
        Outcome::NotApplicable | Outcome::KnownFailure => {
            TestCaseBuilder::skipped_with_cause(name.attribute(), verdict.outcome.name(), message.attribute())
        }
        Outcome::Review | Outcome::Incomplete | Outcome::Inconclusive | Outcome::Configuration | Outcome::Error => {
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
    let finding = verdict.findings.first().map(|finding| texts.finding(finding.code).title.clone());
    let reason = verdict.reason.as_ref().map(|reason| reason_line(reason, texts));
    let either = if verdict.outcome == Outcome::Fail { finding.or(reason) } else { reason.or(finding) };
    either.unwrap_or_else(|| texts.words.outcome.of(verdict.outcome).to_owned())
}

/// A case for what decides the run outside of its scenarios: its own reason and findings.
fn run_case(result: &RunResult, texts: &Texts) -> Option<TestCase> {
    if result.reason.is_none() && result.findings.is_empty() {
        return None;
    }
    let reason = result.reason.as_ref().map(|reason| reason_line(reason, texts));
    let lines: String = result.findings.iter().map(|finding| finding_lines(finding, texts).join("\n") + "\n").collect();
    let title = result.findings.first().map(|finding| texts.finding(finding.code).title.clone());
    let message = XmlText::new(&reason.or(title).unwrap_or_default());
    let scenarios = Outcome::fold(result.scenarios.iter().map(|verdict| verdict.outcome));
    let (name, time) = (XmlText::new(&texts.words.heading.run_findings), Duration::ZERO);
    let mut case = if result.outcome == scenarios && result.reason.is_none() {
        TestCaseBuilder::success(name.attribute(), time)
    } else if result.outcome == Outcome::Fail && result.reason.is_none() {
        TestCaseBuilder::failure(name.attribute(), time, result.outcome.name(), message.attribute())
    } else {
        TestCaseBuilder::error(name.attribute(), time, result.outcome.name(), message.attribute())
    };
    case.set_classname(&format!("kantakoe.{RUN}"));
    case.set_system_out(&XmlText::new(&lines).cdata());
    Some(case.build())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use quick_junit::{NonSuccessKind, TestCaseStatus};

    use super::write;
    use crate::domain::{Evidence, Outcome, Severity};
    use crate::report::Language;
    use crate::report::example;
    use crate::run::{Counts, Reason, ReasonCode, RunResult};

    fn read(xml: &str) -> quick_junit::Report {
        roxmltree::Document::parse(xml).expect("well-formed");
        quick_junit::Report::deserialize_from_str(xml).expect("JUnit")
    }

    /// Counts as the report tells them: passed, failed, in error, skipped.
    fn told(report: &quick_junit::Report) -> [usize; 4] {
        let mut told = [0; 4];
        let scenarios = report.test_suites.iter().filter(|suite| suite.name.as_str() != "kantakoe.run");
        for case in scenarios.flat_map(|suite| &suite.test_cases) {
            let kind = match &case.status {
                TestCaseStatus::Success { .. } => 0,
                TestCaseStatus::NonSuccess { kind: NonSuccessKind::Failure, .. } => 1,
                TestCaseStatus::NonSuccess { kind: NonSuccessKind::Error, .. } => 2,
                TestCaseStatus::Skipped { .. } => 3,
            };
            told[kind] += 1;
        }
        told
    }

    fn expected(counts: Counts) -> [usize; 4] {
        let errors = counts.review + counts.incomplete + counts.inconclusive + counts.configuration + counts.error;
        [counts.pass + counts.warning, counts.fail, errors, counts.not_applicable + counts.known_failure]
    }

    #[test]
    fn another_library_reads_the_same_counts() {
        let result = example::result();
        let report = read(&write(&result, example::texts(Language::En)));
        assert_eq!(told(&report), expected(result.counts));
        let suites: Vec<_> = report.test_suites.iter().map(|suite| suite.name.as_str()).collect();
        assert_eq!(
            suites,
            [
                "kantakoe.storage",
                "kantakoe.disclosure-notice",
                "kantakoe.search",
                "kantakoe.robustness",
                "kantakoe.run"
            ]
        );
        let failed = &report.test_suites[0].test_cases[0];
        let output = failed.system_out.as_ref().expect("output").as_str();
        assert!(output.contains("STO-01 STO-04") && output.contains("document-group-unfit"), "{output}");
        assert_eq!(failed.classname.as_ref().map(quick_junit::XmlString::as_str), Some("kantakoe.storage"));
    }

    #[test]
    fn a_run_that_never_began_is_an_error() {
        let reason = Reason { code: ReasonCode::DriverUnreachable, detail: "http://localhost:1".into() };
        let result = RunResult {
            outcome: Outcome::Configuration,
            reason: Some(reason),
            scenarios: Vec::new(),
            findings: Vec::new(),
            counts: Counts::default(),
            ..example::result()
        };
        let report = read(&write(&result, example::texts(Language::En)));
        let status = &report.test_suites[0].test_cases[0].status;
        assert!(
            matches!(status, TestCaseStatus::NonSuccess { kind: NonSuccessKind::Error, message: Some(message), .. }
                if message.as_str().contains("http://localhost:1")),
            "{status:?}"
        );
    }

    #[test]
    fn the_report_of_the_example() {
        insta::assert_snapshot!(write(&example::result(), example::texts(Language::Sv)).replace("><", ">\n<"));
    }

    proptest! {
        #[test]
        fn no_text_forges_or_breaks_a_case(text in "(\\PC|[\u{0}-\u{1f}\u{fffe}]|]]>|<!\\[CDATA\\[|</testcase>|&#0;){0,30}") {
            let mut result = example::result();
            result.header.system.name.clone_from(&text);
            result.findings[0].actual = text.as_str().into();
            for verdict in &mut result.scenarios {
                verdict.id.push_str(&text);
                verdict.source.push_str(&text);
                let title = format!("{}{text}", verdict.title.in_language(Language::En));
                verdict.title = [(Language::En, title)].into_iter().collect();
                verdict.requirements.push(text.clone());
                verdict.findings.push(crate::rule::Finding {
                    expected: text.as_str().into(),
                    actual: text.as_str().into(),
                    step: Some(text.clone()),
                    ..example::finding(crate::rule::FindingCode::ActionFailed, "TRA-01", Evidence::Standard, Severity::Note)
                });
                verdict.reason = Some(Reason { code: ReasonCode::DriverBroken, detail: text.as_str().into() });
            }
            let report = read(&write(&result, example::texts(Language::En)));
            prop_assert_eq!(told(&report), expected(result.counts));
        }
    }
}
