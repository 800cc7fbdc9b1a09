//! The list of expected failures: what it excuses, what it does not, and until when.

use super::call;
use super::desk::{Desk, Ran, parts};
use super::vendor::{self, STORING, Vendor, ended};

const SCENARIO: &str = "storage-client-relationship";
const LONG_AGO: &str = "2020-01-01";
const IN_FUTURE: &str = "2999-12-31";

fn list(until: &str) -> String {
    format!(
        "[[expected]]\nscenario = \"{SCENARIO}\"\nreason = \"mended in 4.3\"\nowner = \"integration\"\nuntil = \"{until}\"\n"
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

#[test]
fn a_listed_failure_is_a_remark() {
    let ran = failing(&list(IN_FUTURE));
    let expected = ("warning", "expected-failure", "mended in 4.3 (integration, 2999-12-31)");
    assert_eq!(verdict(&ran), expected, "{}", ran.shown());
    assert!(ran.findings().contains(&("message-unreadable", "vendor-system")), "the findings are still told");
    assert_eq!((ran.code, ran.outcome()), (Some(0), "warning"), "{}", ran.shown());
}

#[test]
fn after_its_date_a_row_no_longer_counts() {
    for list in [list(LONG_AGO), String::new()] {
        let ran = failing(&list);
        assert_eq!((ran.code, verdict(&ran)), (Some(1), ("fail", "", "")), "{}", ran.shown());
    }
}

#[test]
fn a_listed_scenario_that_passes_fails_the_run() {
    let desk = Desk::new();
    desk.put("expected.toml", list(IN_FUTURE));
    let reference = super::start::reference("");
    let ran = desk.run(&reference.replace("[run]\n", "[run]\nexpected-failures = \"expected.toml\"\n"));
    let expected = ("fail", "unexpected-pass", "mended in 4.3 (integration, 2999-12-31)");
    assert_eq!((ran.code, verdict(&ran)), (Some(1), expected), "{}", ran.shown());
    assert!(ran.said.contains("take it off the list"), "{}", ran.said);
}
