//! The files of a run agree with each other, with another run, and with another program.

use super::desk::{Desk, REPORT, Ran};
use super::messages::junit;
use super::start;
use crate::signatures::xmlsec1_verifies;
use crate::support::tool;

fn built_in(desk: &Desk, arguments: &[&str]) -> Ran {
    desk.call(&[&["run", "--report", REPORT], arguments].concat())
}

/// The report without its volatile member, as it is written.
fn settled(ran: &Ran) -> String {
    let mut report = ran.report.clone();
    assert!(report["volatile"].is_object(), "{}", ran.shown());
    report["volatile"].take();
    serde_json::to_string_pretty(&report).expect("JSON")
}

#[test]
fn two_runs_with_one_seed_differ_in_the_volatile_member_only() {
    let desk = Desk::new();
    let text = || std::fs::read_to_string(desk.path(REPORT).join("report.json")).expect("report");
    let stable = |text: String| text.split_once("\n  \"volatile\"").expect("volatile").0.to_owned();
    for arguments in [["--seed", "7", "--lang", "fi"], ["--seed", "7", "--fault", "signature-missing"]] {
        let (first, first_text) = (built_in(&desk, &arguments), text());
        let (second, second_text) = (built_in(&desk, &arguments), text());
        assert_eq!(settled(&first), settled(&second));
        assert_eq!(stable(first_text), stable(second_text));
        assert_eq!(first.code, second.code);
    }
}

#[test]
fn junit_counts_what_the_report_counts() {
    for (arguments, code) in [(["--seed", "1"], 0), (["--fault", "signature-missing"], 1)] {
        let desk = Desk::new();
        let ran = built_in(&desk, &arguments);
        assert_eq!(ran.code, Some(code), "{}", ran.shown());
        let count = |name: &str| ran.report["counts"][name].as_u64().expect("count") as usize;
        let errors =
            count("incomplete") + count("review") + count("inconclusive") + count("configuration") + count("error");
        let listed = ran.report["scenarios"].as_array().expect("scenarios").len();
        assert_eq!(
            junit(&desk.path(REPORT)),
            [count("total"), count("fail"), errors, count("not-applicable") + count("known-failure")]
        );
        assert_eq!(listed, count("total"));
        assert_eq!(ran.report["exit-code"], code);
    }
}

#[test]
fn xmlsec1_verifies_the_documents_of_a_run() {
    if tool("xmlsec1").is_none() {
        return;
    }
    let desk = Desk::new();
    assert_eq!(desk.run(&start::reference("").replace("storage-client-relationship", "storage")).code, Some(0));
    let files = desk.report_files();
    let documents: Vec<_> = files.iter().filter(|path| path.to_string_lossy().ends_with(".document.xml")).collect();
    assert!(documents.len() >= 5, "{files:?}");
    for document in documents {
        assert!(xmlsec1_verifies(document), "{}", document.display());
    }
}
