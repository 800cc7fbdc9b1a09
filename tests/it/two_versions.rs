//! A changed copy of the profile: the endpoint, the judge and the reference system speak it, or one of them does not.

use serde_json::Value;

use crate::bad_input::{Ran, RunDesk};

/// Matters are of another group, documents are stored by another interaction, and registers are of another code
/// system: what a new version of the specification may change.
const PROFILE: &str = r#"
extends = "kanta-social-welfare 2026.11"
name = "another-reading"
version = "1"

[code-system]
register = { oid = "1.2.3.4.1264", name = "Another code system of registers", evidence = "assumed" }

[[interaction]]
id = "RCMR_IN200002FI01"
removed = true

[[interaction]]
id = "RCMR_IN200099FI01"
operation = "store"
answer = "MCCI_IN000002UV01"
evidence = "assumed"

[[service-request]]
use-case = "store-matter"
code = "store-matter"
system = "placeholder"
groups = ["22"]
evidence = "assumed"

[[service-request]]
use-case = "search-matter"
code = "search-matter"
system = "placeholder"
groups = []
finds = ["22"]
evidence = "assumed"

[[document-group]]
code = "2"
removed = true

[[document-group]]
code = "22"
name = "Asia-asiakirja"
upward = "relationship"
opens = "matter"
evidence = "assumed"

[element]
document = [
  { path = "componentOf/encompassingEncounter/id", groups = ["2", "3"], removed = true },
  { path = "componentOf/encompassingEncounter/id", count = "1..1", kind = "oid", groups = ["22", "3"], evidence = "assumed" },
  { path = "hl7fi:localSocialHeader/encompassingClientRelationship", groups = ["2", "4"], removed = true },
  { path = "hl7fi:localSocialHeader/encompassingClientRelationship", count = "1..1", kind = "oid", groups = ["22", "4"], evidence = "assumed" },
]

[signature]
needed = [
  { groups = ["2"], removed = true },
  { groups = ["22"], kind = "system", evidence = "assumed" },
]
"#;

const CODES: &str = r#"
[interaction]
store = "RCMR_IN200099FI01"

[system]
register = { oid = "1.2.3.4.1264", name = "Another code system of registers" }

[code]
group-matter = { code = "22" }
"#;

/// Scenarios that store matters and what stands below them, read them back, and find them planted.
const SCENARIOS: [&str; 6] = [
    "storage-matter",
    "storage-client-document",
    "search-by-matter",
    "search-by-client",
    "replacement-correct",
    "access-right-own-register",
];

/// A strict run of some scenarios with these files.
fn run(files: &[&str]) -> Ran {
    let desk = RunDesk::new();
    desk.put("another.toml", PROFILE);
    desk.put("codes.toml", CODES);
    let mut arguments = vec!["run", "--report", "reports/latest", "--lanes", "2"];
    arguments.extend(SCENARIOS.iter().flat_map(|id| ["--only", id]));
    arguments.extend(files);
    desk.call(&arguments)
}

fn codes_of(ran: &Ran) -> Vec<&str> {
    let scenarios = ran.report["scenarios"].as_array().into_iter().flatten();
    let findings = scenarios.flat_map(|scenario| scenario["findings"].as_array().into_iter().flatten());
    findings.filter_map(|finding| finding["code"].as_str()).collect()
}

#[test]
fn endpoint_judge_and_reference_system_speak_a_changed_version_together() {
    let ran = run(&["--profile", "another.toml", "--codes", "codes.toml"]);
    assert_eq!((ran.code, ran.outcome()), (Some(0), "partial"), "{}", ran.shown());
    assert_eq!(ran.report["scenarios"].as_array().map(Vec::len), Some(SCENARIOS.len()));
}

#[test]
fn where_only_one_side_speaks_it_the_run_fails() {
    for (files, code) in
        [(["--profile", "another.toml"], "interaction-unknown"), (["--codes", "codes.toml"], "interaction-unknown")]
    {
        let ran = run(&files);
        assert_eq!((ran.code, ran.outcome()), (Some(1), "fail"), "{files:?}\n{}", ran.shown());
        assert!(codes_of(&ran).contains(&code), "{files:?} {:?}", codes_of(&ran));
    }
}

#[test]
fn every_report_says_in_which_rows_the_profile_differs_and_from_what() {
    let desk = RunDesk::new();
    desk.put("another.toml", PROFILE);
    desk.put("codes.toml", CODES);
    let files = ["--profile", "another.toml", "--codes", "codes.toml", "--report", "reports/latest"];
    let ran = desk.call(&[&["run", "--only", "storage-matter", "--lanes", "1"], files.as_slice()].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.shown());
    let differences = &ran.report["header"]["profile-differences"];
    assert_eq!(differences["from"], "kanta-social-welfare 2026.11");
    let rows: Vec<&str> = differences["rows"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for row in ["document-group 2 removed", "document-group 22 added", "code-system.register changed"] {
        assert!(rows.contains(&row), "{row} {rows:?}");
    }
    assert_eq!(rows.len(), 13, "{rows:?}");
    let page = std::fs::read_to_string(desk.path("reports/latest/index.html")).expect("page");
    let junit = std::fs::read_to_string(desk.path("reports/latest/junit.xml")).expect("junit");
    for text in [&ran.said, &page, &junit] {
        let both = ["kanta-social-welfare 2026.11", "document-group 22 added"];
        assert!(both.iter().all(|one| text.contains(one)), "{text}");
    }
    let shipped = desk.call(&["run", "--only", "storage-matter", "--lanes", "1", "--report", "reports/latest"]);
    assert!(shipped.report["header"]["profile-differences"].is_null() && !shipped.said.contains("document-group 22"));
}
