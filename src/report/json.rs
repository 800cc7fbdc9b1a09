//! `report.json`: everything a machine needs, by the schema `schemas/report.schema.json`.
//!
//! Two runs with the same seed against the same answers give the same bytes but for the member
//! `volatile`: it holds all times, what hashes times, and the numbers of exchanges, which follow the
//! order of arrival. Elsewhere an exchange is counted within its scenario.

use std::collections::BTreeMap;

use serde::Serialize;

use super::gaps;
use super::plain::{detail_line, said_line};
use super::redact;
use super::summary::{by_evidence, coverage};
use super::texts::{FindingTexts, Texts};
use crate::domain::{ActionOutcome, Area, Blame, Evidence, Level, Outcome, RequirementKind, Severity};
use crate::rule::{Catalogue, Finding, Place, RequirementSource};
use crate::run::{Counts, Held, Reason, ReasonCode, RunHeader, RunResult, ScenarioVerdict, Selection, StepVerdict};

/// Name of the format; the schema's `schema` member.
pub const FORMAT: &str = "kantakoe-report/1";
/// Longest text of the vendor's system in a report, in characters.
const LONGEST: usize = 1000;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonReport<'a> {
    schema: &'static str,
    language: &'static str,
    disclaimer: &'a str,
    header: Header<'a>,
    outcome: Outcome,
    outcome_text: &'a str,
    not_shown: Vec<String>,
    exit_code: u8,
    reason: Option<JsonReason<'a>>,
    counts: Counts,
    evidence_classes: BTreeMap<Evidence, usize>,
    findings: Vec<JsonFinding<'a>>,
    scenarios: Vec<ScenarioRow<'a>>,
    requirements: Vec<JsonRequirement<'a>>,
    volatile: Volatile<'a>,
}

/// In what the profile differs from one that ships.
#[derive(Serialize)]
struct JsonDifferences<'a> {
    from: &'a str,
    rows: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Header<'a> {
    harness: &'a str,
    profile: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile_differences: Option<JsonDifferences<'a>>,
    validity: JsonValidity,
    profile_digest: &'a str,
    suite_digest: &'a str,
    configuration_digest: &'a str,
    system: SystemRow,
    driver: &'a str,
    seed: u64,
    strictness: &'static str,
    recommended: &'static str,
    tls: bool,
    selection: JsonSelection<'a>,
}

/// What of the set was chosen.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonSelection<'a> {
    kind: &'a str,
    without: &'a [String],
    chosen: usize,
    not_run: usize,
    overridden: &'a [String],
    expected_failures: usize,
    allow_known: bool,
    require_complete: bool,
    digest: &'a str,
}

#[derive(Serialize)]
struct JsonValidity {
    certification: Held,
    production: Held,
}

#[derive(Serialize)]
struct SystemRow {
    name: String,
    version: String,
    vendor: String,
}

#[derive(Serialize)]
struct JsonReason<'a> {
    code: ReasonCode,
    text: &'a str,
    detail: String,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    code: &'a str,
    severity: Severity,
    requirement: &'a str,
    kind: RequirementKind,
    evidence: Evidence,
    blame: Blame,
    step: Option<&'a str>,
    exchange: Option<usize>,
    place: Option<&'a Place>,
    expected: String,
    actual: String,
    #[serde(flatten)]
    texts: JsonTexts<'a>,
}

#[derive(Serialize)]
struct JsonTexts<'a> {
    title: &'a str,
    cause: &'a str,
    mend: &'a str,
    avoid: &'a str,
}

#[derive(Serialize)]
struct ScenarioRow<'a> {
    id: &'a str,
    area: Area,
    title: &'a str,
    purpose: &'a str,
    source: &'a str,
    requirements: &'a [String],
    outcome: Outcome,
    reason: Option<JsonReason<'a>>,
    findings: Vec<JsonFinding<'a>>,
    steps: Vec<StepRow<'a>>,
    exchanges: usize,
}

#[derive(Serialize)]
struct StepRow<'a> {
    name: &'a str,
    action: &'a str,
    outcome: ActionOutcome,
    message: String,
    exchanges: Vec<usize>,
}

#[derive(Serialize)]
struct JsonRequirement<'a> {
    id: &'a str,
    area: Area,
    level: Level,
    kind: RequirementKind,
    evidence: Evidence,
    text: &'a str,
    source: &'a RequirementSource,
    outcome: Option<Outcome>,
    scenarios: Vec<ClaimRow<'a>>,
}

#[derive(Serialize)]
struct ClaimRow<'a> {
    id: &'a str,
    outcome: Outcome,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Volatile<'a> {
    started: jiff::Timestamp,
    ended: jiff::Timestamp,
    evidence_root: &'a str,
    run_exchanges: Vec<u64>,
    scenarios: BTreeMap<&'a str, VolatileScenario<'a>>,
}

#[derive(Serialize)]
struct VolatileScenario<'a> {
    milliseconds: u64,
    exchanges: &'a [u64],
}

/// The report of `result`, indented, with a line end.
pub fn write(result: &RunResult, catalogue: &Catalogue, texts: &Texts) -> String {
    let mut json = serde_json::to_string_pretty(&report(result, catalogue, texts))
        .expect("the report has string keys and plain values only");
    json.push('\n');
    json
}

fn report<'a>(result: &'a RunResult, catalogue: &'a Catalogue, texts: &'a Texts) -> JsonReport<'a> {
    let run_exchanges: Vec<u64> = result.findings.iter().filter_map(|finding| finding.exchange).collect();
    JsonReport {
        schema: FORMAT,
        language: texts.language.tag(),
        disclaimer: &texts.words.note.disclaimer,
        header: header(&result.header),
        outcome: result.outcome,
        outcome_text: texts.words.outcome.of(result.outcome),
        not_shown: gaps::first_lines(result, texts).into_iter().chain(gaps::lines(result, texts)).collect(),
        exit_code: result.exit_code(),
        reason: result.reason.as_ref().map(|reason| json_reason(reason, texts)),
        counts: result.counts,
        evidence_classes: by_evidence(result).into_iter().collect(),
        findings: result.findings.iter().map(|finding| json_finding(finding, &run_exchanges, texts)).collect(),
        scenarios: result.scenarios.iter().map(|verdict| scenario(verdict, texts)).collect(),
        requirements: requirements(result, catalogue, texts),
        volatile: volatile(result, run_exchanges),
    }
}

fn header(header: &RunHeader) -> Header<'_> {
    let shown = |text: &str| redact::line(text, LONGEST);
    Header {
        harness: &header.harness,
        profile: &header.profile,
        profile_differences: header.differences.as_ref().map(|differences| JsonDifferences {
            from: &differences.from,
            rows: differences.rows.iter().map(ToString::to_string).collect(),
        }),
        validity: JsonValidity { certification: header.validity.certification, production: header.validity.production },
        profile_digest: &header.profile_digest,
        suite_digest: &header.suite_digest,
        configuration_digest: &header.configuration_digest,
        system: SystemRow {
            name: shown(&header.system.name),
            version: shown(&header.system.version),
            vendor: shown(&header.system.vendor),
        },
        driver: &header.driver,
        seed: header.seed,
        strictness: counts(header.strictness.fails_assumed()),
        recommended: counts(header.strictness.fails_recommended()),
        tls: header.tls,
        selection: selection(&header.selection),
    }
}

fn selection(selection: &Selection) -> JsonSelection<'_> {
    JsonSelection {
        kind: &selection.kind,
        without: &selection.without,
        chosen: selection.chosen,
        not_run: selection.left_out(),
        overridden: &selection.overridden,
        expected_failures: selection.expected,
        allow_known: selection.allow_known,
        require_complete: selection.require_complete,
        digest: &selection.digest,
    }
}

/// How a broken rule counts.
fn counts(fails: bool) -> &'static str {
    if fails { "fail" } else { "warn" }
}

fn json_reason<'a>(reason: &'a Reason, texts: &'a Texts) -> JsonReason<'a> {
    JsonReason { code: reason.code, text: texts.words.reason.of(reason.code), detail: detail_line(reason, texts) }
}

fn json_finding<'a>(finding: &'a Finding, exchanges: &[u64], texts: &'a Texts) -> JsonFinding<'a> {
    let FindingTexts { title, cause, mend, avoid } = texts.finding(finding.code);
    JsonFinding {
        code: finding.code.as_str(),
        severity: finding.severity,
        requirement: &finding.requirement,
        kind: finding.kind,
        evidence: finding.evidence,
        blame: finding.blame,
        step: finding.step.as_deref(),
        exchange: finding.exchange.and_then(|number| ordinal(number, exchanges)),
        place: finding.place.as_ref(),
        expected: said_line(&finding.expected, texts),
        actual: said_line(&finding.actual, texts),
        texts: JsonTexts { title, cause, mend, avoid },
    }
}

/// The place of exchange `number` among these, from 1.
pub fn ordinal(number: u64, exchanges: &[u64]) -> Option<usize> {
    exchanges.iter().position(|own| *own == number).map(|index| index + 1)
}

fn scenario<'a>(verdict: &'a ScenarioVerdict, texts: &'a Texts) -> ScenarioRow<'a> {
    let exchanges = &verdict.exchanges;
    ScenarioRow {
        id: &verdict.id,
        area: verdict.area,
        title: verdict.title.in_language(texts.language),
        purpose: verdict.purpose.in_language(texts.language),
        source: &verdict.source,
        requirements: &verdict.requirements,
        outcome: verdict.outcome,
        reason: verdict.reason.as_ref().map(|reason| json_reason(reason, texts)),
        findings: verdict.findings.iter().map(|finding| json_finding(finding, exchanges, texts)).collect(),
        steps: verdict.steps.iter().map(|own| step(own, exchanges)).collect(),
        exchanges: exchanges.len(),
    }
}

fn step<'a>(step: &'a StepVerdict, exchanges: &[u64]) -> StepRow<'a> {
    StepRow {
        name: &step.name,
        action: &step.action,
        outcome: step.outcome,
        message: redact::line(&step.message, LONGEST),
        exchanges: step.exchanges.iter().filter_map(|number| ordinal(*number, exchanges)).collect(),
    }
}

fn requirements<'a>(result: &'a RunResult, catalogue: &'a Catalogue, texts: &Texts) -> Vec<JsonRequirement<'a>> {
    let claims = |verdicts: Vec<&'a ScenarioVerdict>| {
        verdicts.into_iter().map(|verdict| ClaimRow { id: &verdict.id, outcome: verdict.outcome }).collect()
    };
    coverage(result, catalogue)
        .into_iter()
        .map(|covered| JsonRequirement {
            id: &covered.requirement.id,
            area: covered.requirement.area,
            level: covered.requirement.level,
            kind: covered.requirement.kind,
            evidence: covered.requirement.evidence,
            text: covered.requirement.text.in_language(texts.language),
            source: &covered.requirement.source,
            outcome: covered.outcome,
            scenarios: claims(covered.scenarios),
        })
        .collect()
}

fn volatile(result: &RunResult, run_exchanges: Vec<u64>) -> Volatile<'_> {
    let scenarios = result.scenarios.iter().map(|verdict| {
        let own = VolatileScenario { milliseconds: verdict.milliseconds, exchanges: &verdict.exchanges };
        (verdict.id.as_str(), own)
    });
    Volatile {
        started: result.header.started,
        ended: result.ended,
        evidence_root: &result.evidence_root,
        run_exchanges,
        scenarios: scenarios.collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{ordinal, write};
    use crate::domain::Outcome;
    use crate::report::Language;
    use crate::report::example::{self, CATALOGUE, TOKEN};
    use crate::run::RunResult;

    fn written(result: &RunResult, language: Language) -> String {
        write(result, &CATALOGUE, example::texts(language))
    }

    fn parsed(result: &RunResult) -> Value {
        serde_json::from_str(&written(result, Language::En)).expect("JSON")
    }

    #[test]
    fn fits_the_published_schema_in_every_language() {
        let schema = serde_json::from_str(include_str!("../../schemas/report.schema.json")).expect("schema");
        let validator = jsonschema::validator_for(&schema).expect("schema");
        let stopped = RunResult { scenarios: Vec::new(), outcome: Outcome::Inconclusive, ..example::result() };
        for result in [example::result(), stopped] {
            for language in Language::ALL {
                let report = serde_json::from_str(&written(&result, language)).expect("JSON");
                let errors: Vec<_> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
                assert_eq!(errors, Vec::<String>::new());
            }
        }
        assert!(!validator.is_valid(&serde_json::json!({ "schema": "kantakoe-report/1" })));
    }

    #[test]
    fn runs_that_differ_in_times_and_arrival_only_differ_in_the_volatile_member_only() {
        let first = example::result();
        let mut second = first.clone();
        second.ended = second.header.started;
        second.header.started = jiff::Timestamp::UNIX_EPOCH;
        second.evidence_root = "00".repeat(32);
        let later = |number: &mut u64| *number += 7;
        second.findings.iter_mut().flat_map(|finding| finding.exchange.as_mut()).for_each(later);
        for verdict in &mut second.scenarios {
            verdict.milliseconds += 1;
            verdict.exchanges.iter_mut().for_each(later);
            verdict.steps.iter_mut().flat_map(|step| &mut step.exchanges).for_each(later);
            verdict.findings.iter_mut().flat_map(|finding| finding.exchange.as_mut()).for_each(later);
        }
        let (mut first, mut second) = (parsed(&first), parsed(&second));
        assert_ne!(first["volatile"], second["volatile"]);
        first["volatile"].take();
        second["volatile"].take();
        assert_eq!(first.to_string(), second.to_string());
    }

    #[test]
    fn holds_no_secret() {
        let report = written(&example::result(), Language::En);
        assert!(!report.contains(TOKEN) && !report.contains(&example::foreign_code()));
    }

    #[test]
    fn a_requirement_is_judged_by_its_own_findings() {
        let report = parsed(&example::result());
        let rows = report["requirements"].as_array().expect("rows").iter();
        let outcomes: Vec<_> = rows.map(|row| (row["id"].as_str(), row["outcome"].as_str())).collect();
        assert_eq!(
            outcomes,
            [
                ("STO-01", Some("pass")),
                ("STO-02", Some("not-applicable")),
                ("STO-03", Some("inconclusive")),
                ("STO-04", Some("fail")),
                ("STO-05", Some("warning")),
                ("TRA-01", Some("fail")),
                ("TRA-07", Some("warning")),
            ]
            .map(|(id, outcome)| (Some(id), outcome))
        );
    }

    #[test]
    fn exchanges_are_counted_within_the_scenario() {
        assert_eq!(ordinal(9, &[4, 9]), Some(2));
        assert_eq!(ordinal(5, &[4, 9]), None);
    }

    #[test]
    fn the_report_of_the_example() {
        insta::assert_snapshot!(written(&example::result(), Language::En));
    }
}
