//! The list of expected failures: what it excuses, what it does not, and until when.

use super::call;
use super::desk::{Desk, Ran, parts};
use super::vendor::{self, STORING, Vendor, ended};

const SCENARIO: &str = "storage-client-relationship";
const LONG_AGO: &str = "2020-01-01";
const FINDING: &str = "message-unreadable";

fn in_future() -> String {
    jiff::Zoned::now().date().saturating_add(jiff::Span::new().days(100)).to_string()
}

fn list(finding: &str, until: &str) -> String {
    format!(
        "[[expected]]\nscenario = \"{SCENARIO}\"\nfinding = \"{finding}\"\nreason = \"mended in 4.3\"\nowner = \"integration\"\nuntil = \"{until}\"\n"
    )
}

/// A run against a system that sends no message to Kanta that can be read, with this list.
fn failing(list: &str) -> Ran {
    let desk = Desk::new();
    desk.put("expected.toml", list);
    let started = vendor::once_started(&desk, &STORING);
    let vendor = Vendor::new(&desk, move |asked| {
        if asked.is_capabilities() {
            return started();
        }
        if asked.action() == "store-client-relationship" {
            call::with_own_certificate(asked, b"<unreadable>");
        }
        ended(asked, "succeeded", "")
    });
    let configuration = vendor.started("").replace("[run]\n", "[run]\nexpected-failures = \"expected.toml\"\n");
    desk.run(&configuration)
}

fn verdict(ran: &Ran) -> (&str, &str, &str) {
    let scenario = ran.only();
    let (code, detail) = parts(&scenario["reason"]);
    (scenario["outcome"].as_str().unwrap_or_default(), code, detail)
}

/// The reason of the list's row.
fn told() -> String {
    format!("{FINDING}: mended in 4.3 (integration, {})", in_future())
}

#[test]
fn a_listed_failure_of_a_standard_is_known_and_no_pass() {
    let ran = failing(&list(FINDING, &in_future()));
    assert_eq!(verdict(&ran), ("known-failure", "expected-failure", told().as_str()), "{}", ran.shown());
    let first = ran.report["not-shown"][0].as_str().unwrap_or_default();
    assert!(first.contains("known failure") && !ran.said.contains("No binding requirement was broken"), "{}", ran.said);
    assert_eq!(ran.report["counts"]["known-failure"], 1);
    assert!(ran.findings().contains(&("message-unreadable", "vendor-system")), "the findings are still told");
    assert_eq!((ran.code, ran.outcome()), (Some(1), "known-failure"), "{}", ran.shown());
}

#[test]
fn another_finding_in_the_same_scenario_still_fails() {
    let ran = failing(&list("marker-missing", &in_future()));
    assert_eq!((ran.code, verdict(&ran).0), (Some(1), "fail"), "{}", ran.shown());
}

#[test]
fn after_its_date_a_row_no_longer_counts() {
    for list in [list(FINDING, LONG_AGO), String::new()] {
        let ran = failing(&list);
        assert_eq!((ran.code, verdict(&ran)), (Some(1), ("fail", "", "")), "{}", ran.shown());
    }
}

#[test]
fn a_listed_scenario_that_passes_fails_the_run() {
    let desk = Desk::new();
    desk.put("expected.toml", list(FINDING, &in_future()));
    let reference = super::start::reference("");
    let ran = desk.run(&reference.replace("[run]\n", "[run]\nexpected-failures = \"expected.toml\"\n"));
    let told = told();
    let expected = ("fail", "unexpected-pass", told.as_str());
    assert_eq!((ran.code, verdict(&ran)), (Some(1), expected), "{}", ran.shown());
    assert!(ran.said.contains("take it off the list"), "{}", ran.said);
}
