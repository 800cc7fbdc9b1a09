//! The proof that the harness is right: the reference system and its variants pass, and each fault gives
//! exactly the findings that the table names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex};

use kantakoe::domain::{Evidence, RequirementKind, Severity};
use kantakoe::reference::{Fault, Variant};
use kantakoe::rule::{Catalogue, Strictness};
use kantakoe::scenario::{built_in_files, built_in_tables};
use serde::Deserialize;
use serde_json::Value;

use crate::phrases::is_english;

struct Ran {
    code: Option<i32>,
    report: Value,
    told: String,
}

fn run(arguments: &[&str]) -> Ran {
    let folder = tempfile::tempdir().expect("folder");
    let output = Command::new(env!("CARGO_BIN_EXE_kantakoe"))
        .arg("run")
        .args(arguments)
        .arg("--report")
        .arg(folder.path())
        .output()
        .expect("program");
    let text = std::fs::read_to_string(folder.path().join("report.json")).unwrap_or_default();
    Ran {
        code: output.status.code(),
        report: serde_json::from_str(&text).unwrap_or(Value::Null),
        told: String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
    }
}

/// Codes of all findings that are no mere notes.
fn codes(report: &Value) -> BTreeSet<String> {
    let of = |holder: &Value| holder["findings"].as_array().cloned().unwrap_or_default();
    let scenarios = report["scenarios"].as_array().cloned().unwrap_or_default();
    let all = scenarios.iter().flat_map(of).chain(of(report));
    all.filter(|finding| finding["severity"] != "note")
        .filter_map(|finding| finding["code"].as_str().map(str::to_owned))
        .collect()
}

/// What findings and reasons tell in English although the report is in Finnish. What the system itself said
/// is quoted as it is.
fn english(report: &Value) -> Vec<String> {
    let scenarios = report["scenarios"].as_array().cloned().unwrap_or_default();
    let said = |step: &Value| step["message"].as_str().map(str::to_owned).filter(|message| !message.is_empty());
    let told = |scenario: &Value| {
        let said: Vec<String> = scenario["steps"].as_array().into_iter().flatten().filter_map(said).collect();
        let findings = scenario["findings"].as_array().cloned().unwrap_or_default();
        let texts = findings.into_iter().flat_map(|finding| [finding["expected"].clone(), finding["actual"].clone()]);
        let texts = texts.chain([scenario["reason"]["detail"].clone()]);
        let texts: Vec<String> = texts.filter_map(|text| text.as_str().map(str::to_owned)).collect();
        texts.into_iter().filter(move |text| is_english(text) && !said.iter().any(|said| text.contains(said.as_str())))
    };
    scenarios.iter().chain([report]).flat_map(told).collect()
}

/// Faults whose rows say with `varies` why it depends on the moment which scenarios of the whole set they break. Their
/// findings are held all the same, and that some scenario breaks.
static VARYING: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let table: toml::Table = std::fs::read_to_string(file(ROWS)).expect("table").parse().expect("TOML");
    let rows = table["fault"].as_array().expect("rows").iter().filter(|row| row.get("varies").is_some());
    rows.filter_map(|row| row["name"].as_str().map(str::to_owned)).collect()
});

/// What each fault comes to in a run with the default settings, as its row says.
static BY_DEFAULT: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let table: toml::Table = std::fs::read_to_string(file(ROWS)).expect("table").parse().expect("TOML");
    let text = |row: &toml::Value, member: &str| row.get(member).and_then(toml::Value::as_str).map(str::to_owned);
    let rows = table["fault"].as_array().expect("rows").iter();
    rows.map(|row| (text(row, "name").expect("name"), text(row, "default").unwrap_or_else(|| "none".into()))).collect()
});

/// The settings of a vendor's run that says nothing of strictness.
const DEFAULT: [&str; 4] = ["--assumed", "warn", "--recommended", "warn"];

/// What the findings of a strict report come to in a run with the default settings, and whether such a run may go
/// otherwise, since Kanta refuses messages by severity.
fn by_default(report: &Value) -> (&'static str, bool) {
    let (catalogue, mut outcome, mut differs) = (catalogue(), "pass", false);
    let scenarios = report["scenarios"].as_array().cloned().unwrap_or_default();
    let findings =
        scenarios.iter().chain([report]).flat_map(|one| one["findings"].as_array().cloned().unwrap_or_default());
    for finding in findings.filter(|finding| finding["severity"] != "note") {
        let kind = catalogue.get_finding(finding["code"].as_str().expect("code")).expect("listed");
        let requirement = catalogue.get_requirement(&kind.requirement).expect("listed");
        let evidence: Evidence = serde_json::from_value(finding["evidence"].clone()).expect("a class");
        let severity = kind.severity(requirement, evidence, Strictness::Warn);
        differs |= severity == Severity::Warning && finding["severity"] == "fail" && !finding["exchange"].is_null();
        outcome = match (severity, outcome) {
            (Severity::Fail, _) | (_, "fail") => "fail",
            (Severity::Warning, _) => "warning",
            (Severity::Note, so_far) => so_far,
        };
    }
    (outcome, differs)
}

/// What a run with a fault came to.
struct Seen {
    code: Option<i32>,
    outcome: String,
    findings: BTreeSet<String>,
    /// Scenarios that did not pass, of those that apply.
    broken: BTreeSet<String>,
    english: Vec<String>,
    /// The outcome with the default settings: of the same evidence, or of a second run where Kanta answers otherwise.
    by_default: String,
}

/// Runs with `fault` these scenarios, all of them where none is named.
fn seen(fault: Fault, scenarios: &[&str]) -> Seen {
    // Several runs share the processors here, so that each has fewer lanes.
    let mut arguments = vec!["--fault", fault.name(), "--lang", "fi", "--lanes", "6", "--verdicts-only"];
    arguments.extend(scenarios.iter().flat_map(|id| ["--only", id]));
    let ran = run(&arguments);
    let by_default = match by_default(&ran.report) {
        (outcome, false) => outcome.to_owned(),
        (_, true) => outcome_of_default(&run(&[&arguments[..], &DEFAULT].concat())),
    };
    let scenarios = ran.report["scenarios"].as_array().cloned().unwrap_or_default();
    let is_broken = |scenario: &&Value| !["pass", "not-applicable"].map(Value::from).contains(&scenario["outcome"]);
    let id = |scenario: &Value| scenario["id"].as_str().unwrap_or_default().to_owned();
    Seen {
        code: ran.code,
        outcome: ran.report["outcome"].as_str().unwrap_or_default().to_owned(),
        findings: codes(&ran.report),
        broken: scenarios.iter().filter(is_broken).map(id).collect(),
        english: english(&ran.report),
        by_default,
    }
}

/// How a run with the default settings ended. Of a part of the scenarios it is remarks that matter.
fn outcome_of_default(ran: &Ran) -> String {
    let scenarios = ran.report["scenarios"].as_array().cloned().unwrap_or_default();
    let has = |outcome: &str| scenarios.iter().any(|scenario| scenario["outcome"] == outcome);
    match ran.code {
        Some(1) => "fail".to_owned(),
        Some(0) if has("warning") => "warning".to_owned(),
        Some(0) => "pass".to_owned(),
        Some(4) => "inconclusive".to_owned(),
        code => format!("exit {code:?}"),
    }
}

impl Seen {
    /// Where it is not what the row of the fault says, a line each.
    fn differences(&self, fault: Fault, is_whole: bool) -> Vec<String> {
        let mut lines = Vec::new();
        if (self.code, self.outcome.as_str()) != (Some(1), "fail") {
            lines.push(format!("{fault} ends with {:?} and {:?}", self.code, self.outcome));
        }
        let rows = [("findings", fault.findings(), &self.findings), ("scenarios", fault.scenarios(), &self.broken)];
        for (what, listed, seen) in rows {
            let listed: BTreeSet<String> = listed.iter().map(ToString::to_string).collect();
            let (more, fewer) = (seen - &listed, &listed - seen);
            let may_vary = is_whole && what == "scenarios" && !seen.is_empty() && VARYING.contains(fault.name());
            if !may_vary && (!more.is_empty() || !fewer.is_empty()) {
                lines.push(format!("{fault}: {what} that its row lacks: {more:?}, that were not seen: {fewer:?}"));
            }
        }
        let listed = &BY_DEFAULT[fault.name()];
        if *listed != self.by_default {
            lines.push(format!("{fault}: by default {}, its row says {listed}", self.by_default));
        }
        if !self.english.is_empty() {
            lines.push(format!("{fault} tells in English: {:#?}", self.english));
        }
        lines
    }
}

/// Does `work` for every fault, several side by side: a run keeps its processors busy but for its waits.
fn for_each_fault(work: impl Fn(Fault) -> Seen + Sync) -> Vec<(Fault, Seen)> {
    let faults: Vec<Fault> = Fault::all().collect();
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 * std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some(fault) = faults.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let seen = work(*fault);
                    done.lock().expect("done").push((*fault, seen));
                }
            });
        }
    });
    let mut done = done.into_inner().expect("done");
    done.sort_by_key(|(fault, _)| *fault as usize);
    done
}

fn assert_as_listed(seen: &[(Fault, Seen)], is_whole: bool) {
    let differences: Vec<String> = seen.iter().flat_map(|(fault, seen)| seen.differences(*fault, is_whole)).collect();
    assert!(differences.is_empty(), "{differences:#?}");
}

#[test]
fn each_fault_breaks_its_scenarios_by_its_findings() {
    assert!(Fault::all().count() >= 25);
    let idle: Vec<&str> = Fault::all().filter(|fault| fault.scenarios().is_empty()).map(Fault::name).collect();
    assert!(idle.is_empty(), "faults that break no scenario: {idle:?}");
    assert_as_listed(&for_each_fault(|fault| seen(fault, fault.scenarios())), false);
}

/// Every fault over every scenario: what its row does not name passes. With `UPDATE_DOCS` it writes the scenarios
/// into the rows, and the page.
#[test]
#[ignore = "takes minutes unless it is optimised; .ci/run runs it"]
fn the_whole_matrix_is_as_listed() {
    let seen = for_each_fault(|fault| seen(fault, &[]));
    if std::env::var_os("UPDATE_DOCS").is_some() {
        update_rows(&seen);
        let rows: Vec<_> = seen.iter().map(|(fault, seen)| (*fault, &seen.findings, &seen.broken)).collect();
        std::fs::write(file(PAGE), page(&rows)).expect("write");
        return;
    }
    assert_as_listed(&seen, true);
}

#[test]
fn the_reference_system_passes_in_every_variant() {
    for variant in Variant::all() {
        let ran = run(&["--variant", variant.name]);
        assert_eq!(ran.code, Some(0), "{}:\n{}", variant.name, ran.told);
        assert_eq!(codes(&ran.report), BTreeSet::new(), "{}", variant.name);
    }
}

#[test]
fn the_reference_system_passes_whichever_way_its_log_comes_in() {
    for way in ["jsonl", "fhir", "bundle", "push"] {
        let ran = run(&["--use-log", way]);
        assert_eq!(ran.code, Some(0), "{way}:\n{}", ran.told);
        assert_eq!(codes(&ran.report), BTreeSet::new(), "{way}");
    }
}

fn catalogue() -> Catalogue {
    let (requirements, findings) = built_in_tables();
    Catalogue::read(&requirements, &findings).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// Whether a fault breaks a requirement of conduct, or makes something that cannot be judged.
fn is_conduct(fault: Fault, catalogue: &Catalogue) -> bool {
    fault.findings().iter().any(|code| {
        let kind = catalogue.get_finding(code).expect("listed");
        kind.kind(catalogue.get_requirement(&kind.requirement).expect("listed")) != RequirementKind::Form
    })
}

#[test]
fn conduct_fails_whatever_the_settings() {
    let catalogue = catalogue();
    let faults = || Fault::all().filter(|fault| is_conduct(*fault, &catalogue));
    let passed: Vec<&str> = faults().map(Fault::name).filter(|name| BY_DEFAULT[*name] != "fail").collect();
    assert!(faults().count() > 100 && passed.is_empty(), "{passed:?}");
}

#[derive(Deserialize)]
struct Claims {
    requirements: Vec<String>,
}

#[test]
fn each_claimed_requirement_is_killed_by_a_fault() {
    let catalogue = catalogue();
    let requirement = |code: &&str| catalogue.get_finding(code).expect("listed").requirement.clone();
    let killed: BTreeSet<String> = Fault::all().flat_map(Fault::findings).map(requirement).collect();
    for file in built_in_files() {
        let claims: Claims = toml::from_str(&file.text).expect("scenario");
        for claimed in claims.requirements {
            assert!(killed.contains(&claimed), "{}: no fault breaks {claimed}", file.name);
        }
    }
}

const PAGE: &str = "docs/faults.md";
const ROWS: &str = "catalogue/faults.toml";
/// A fault that breaks more scenarios is said to break so many of them.
const MOST_NAMED: usize = 4;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Writes into each row of the table of faults the scenarios that it was seen to break.
fn update_rows(seen: &[(Fault, Seen)]) {
    let order: Vec<String> = built_in_files().iter().map(|file| id_of(&file.text)).collect();
    let text = std::fs::read_to_string(file(ROWS)).expect("rows");
    let (mut rows, mut defaults) = (seen.iter(), seen.iter());
    let mut line = |line: &str| match line.starts_with("scenarios = ").then(|| rows.next()).flatten() {
        _ if line.starts_with("default = ") => {
            defaults.next().map_or(String::new(), |(_, seen)| format!("default = {:?}\n", seen.by_default))
        }
        Some((_, seen)) => {
            let broken: Vec<&String> = order.iter().filter(|id| seen.broken.contains(*id)).collect();
            format!("scenarios = {broken:?}\n")
        }
        None => format!("{line}\n"),
    };
    let text: String = text.lines().map(&mut line).collect();
    assert!(rows.next().is_none(), "a row has no line of scenarios");
    std::fs::write(file(ROWS), text).expect("write");
}

fn id_of(scenario: &str) -> String {
    let scenario: toml::Table = toml::from_str(scenario).expect("scenario");
    scenario["id"].as_str().expect("id").to_owned()
}

/// The page about these faults, each with its findings and the scenarios that it breaks.
fn page(rows: &[(Fault, &BTreeSet<String>, &BTreeSet<String>)]) -> String {
    let catalogue = catalogue();
    let all = built_in_files().len();
    let mut text = format!(
        "# Faults of the reference system\n\nEach row is one switch (`kantakoe run --fault NAME`), the findings that catch it, and the scenarios of the\n{all} that do not pass by it. A test runs each fault over all scenarios and holds that it gives exactly these. It writes\nthis page too: `UPDATE_DOCS=1 cargo test whole_matrix -- --ignored`.\n\nIn a strict run (`assumed = \"fail\"`, `recommended = \"fail\"`)\neach of them fails; the column *default* says what comes out with a vendor's default settings. A fault of conduct\nfails there too.\n\n| fault | what it does | findings | requirements | kind | default | strict | scenarios |\n|---|---|---|---|---|---|---|---|\n"
    );
    let list = |items: &BTreeSet<String>| items.iter().cloned().collect::<Vec<_>>().join(", ");
    for (fault, codes, scenarios) in rows {
        let of = |code: &String| catalogue.get_finding(code).expect("listed").requirement.clone();
        let requirements: BTreeSet<String> = codes.iter().map(of).collect();
        let scenarios =
            if scenarios.len() > MOST_NAMED { format!("{} of {all}", scenarios.len()) } else { list(scenarios) };
        let kind = if is_conduct(*fault, &catalogue) { "conduct" } else { "form" };
        let default = &BY_DEFAULT[fault.name()];
        let (name, does, codes, requirements) = (fault.name(), fault.describe(), list(codes), list(&requirements));
        text.push_str(&format!(
            "| `{name}` | {does} | {codes} | {requirements} | {kind} | {default} | fail | {scenarios} |\n"
        ));
    }
    let caught: BTreeSet<&String> = rows.iter().flat_map(|(_, codes, _)| *codes).collect();
    let codes = catalogue.findings().map(|kind| kind.code.as_str());
    let never: Vec<&str> = codes.filter(|code| !caught.iter().any(|caught| caught == code)).collect();
    text.push_str(&format!(
        "\nFindings that no fault of the reference system gives; tests of their rules give them instead: {}.\n",
        never.join(", ")
    ));
    text
}

#[test]
fn the_page_says_what_the_rows_say() {
    let set = |items: &[&str]| items.iter().map(ToString::to_string).collect::<BTreeSet<String>>();
    let rows: Vec<_> = Fault::all().map(|fault| (fault, set(fault.findings()), set(fault.scenarios()))).collect();
    let rows: Vec<_> = rows.iter().map(|(fault, findings, scenarios)| (*fault, findings, scenarios)).collect();
    let page = page(&rows);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(file(PAGE), &page).expect("write");
    }
    let written = std::fs::read_to_string(file(PAGE)).unwrap_or_default();
    assert!(written == page, "{PAGE} is not what {ROWS} says; run with UPDATE_DOCS=1");
}
