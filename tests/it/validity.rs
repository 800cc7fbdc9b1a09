//! A version of the specification holds in certification from one day to another: a run outside of that is never a
//! pass.

use kantakoe::profile::Profile;

use crate::bad_input::{Ran, RunDesk, run_reference};

const BOUNDS: &str = "certification = { evidence = \"assumed\" }";

/// A run of one scenario by a profile with this window of certification.
fn run(window: &str) -> (RunDesk, Ran) {
    let desk = RunDesk::new();
    let text = Profile::built_in().text;
    assert!(text.contains(BOUNDS));
    desk.put(
        "profile.toml",
        text.replace(BOUNDS, &format!("certification = {{ {window}, evidence = \"published\" }}"))
            .replace("name = \"kanta-", "name = \"changed-"),
    );
    let ran = desk.run(&run_reference("").replace("[run]\n", "[run]\nprofile = \"profile.toml\"\n"));
    (desk, ran)
}

#[test]
fn a_run_outside_of_certification_says_so_in_every_report() {
    for window in ["until = \"2020-12-31\"", "from = \"2999-01-01\""] {
        let (desk, ran) = run(window);
        assert_eq!((ran.code, ran.outcome()), (Some(4), "review"), "{window}\n{}", ran.shown());
        let (code, detail) = ran.reason();
        let day = window.split('"').nth(1).expect("day");
        assert!(code == "profile-not-valid" && detail.contains(day), "{code} {detail}");
        assert_eq!(ran.report["header"]["validity"]["certification"]["holds"], false);
        assert_eq!(ran.report["counts"]["pass"], 1);
        assert!(ran.said.contains(day), "{}", ran.said);
        for file in ["index.html", "junit.xml"] {
            let text = std::fs::read_to_string(desk.path("reports/latest").join(file)).expect(file);
            assert!(text.contains(day), "{file} does not tell {day}");
        }
    }
}

#[test]
fn a_run_within_certification_passes() {
    let (_, ran) = run("from = \"2020-01-01\", until = \"2999-12-31\"");
    assert_eq!((ran.code, ran.outcome()), (Some(0), "partial"), "{}", ran.shown());
    assert_eq!(ran.report["header"]["validity"]["certification"]["until"], "2999-12-31");
}

#[test]
fn a_window_that_ends_before_it_begins_is_a_mistake() {
    let (_, ran) = run("from = \"2026-02-01\", until = \"2026-01-31\"");
    assert_eq!(ran.code, Some(2), "{}", ran.shown());
    assert!(ran.told.contains("the validity in certification ends before it begins"), "{}", ran.told);
}

#[test]
fn a_profile_is_chosen_by_name_and_version() {
    let desk = RunDesk::new();
    let title = desk.call(&["profile", "--list"]).said;
    let title = title.lines().next().expect("a profile");
    assert_eq!(desk.call(&["profile", title]).said, desk.call(&["profile"]).said);
    let wrong = desk.call(&["profile", "kanta-social-welfare 1"]);
    assert!(wrong.code == Some(2) && wrong.told.contains(title), "{}", wrong.told);
    let ran = desk.run(&run_reference("").replace("[run]\n", &format!("[run]\nprofile = \"{title}\"\n")));
    assert_eq!((ran.code, ran.report["header"]["profile"].as_str()), (Some(0), Some(title)), "{}", ran.shown());
}
