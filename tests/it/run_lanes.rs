//! Lanes of a run: archives and systems side by side that see nothing of each other.

use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;

use axum::http::StatusCode;
use kantakoe::evidence::{Entry, Exchange, read_journal};
use serde_json::{Value, json};

use crate::bad_input::{RunDesk, vendor_configuration};

const PROGRAM: &str = env!("CARGO_BIN_EXE_kantakoe");
const REPORT: &str = "reports/latest";

/// A port that nobody listens at.
fn free() -> String {
    TcpListener::bind("127.0.0.1:0").expect("port").local_addr().expect("address").to_string()
}

/// The exchanges of the last run, the chain of its journal verified.
fn exchanges(desk: &RunDesk) -> Vec<Exchange> {
    let journal = read_journal(&desk.path(REPORT).join("evidence/journal")).expect("journal");
    let exchange = |entry| match entry {
        Entry::Exchange(exchange) => Some(*exchange),
        Entry::Action(_) | Entry::UseLog(_) | Entry::Snapshot(_) => None,
    };
    journal.into_iter().filter_map(exchange).collect()
}

/// The lanes of the exchanges of each scenario that had some.
fn lanes_of_scenarios(report: &Value, exchanges: &[Exchange]) -> BTreeMap<String, BTreeSet<String>> {
    let lane = |number: &Value| {
        let exchange = exchanges.iter().find(|exchange| Some(exchange.number) == number.as_u64()).expect("exchange");
        exchange.lane.clone()
    };
    let scenarios = report["volatile"]["scenarios"].as_object().expect("scenarios");
    let lanes = scenarios.iter().map(|(id, one)| {
        (id.clone(), one["exchanges"].as_array().expect("exchanges").iter().map(lane).collect::<BTreeSet<_>>())
    });
    lanes.filter(|(_, lanes)| !lanes.is_empty()).collect()
}

#[test]
fn each_scenario_runs_in_one_lane_and_each_lane_has_its_share() {
    let desk = RunDesk::new();
    let ran = desk.call(&["run", "--report", REPORT, "--lanes", "3"]);
    assert_eq!((ran.code, ran.outcome()), (Some(0), "pass"), "{}", ran.shown());
    let exchanges = exchanges(&desk);
    let lanes = lanes_of_scenarios(&ran.report, &exchanges);
    assert!(lanes.values().all(|lanes| lanes.len() == 1), "{lanes:?}");
    let used: BTreeSet<&String> = lanes.values().flatten().collect();
    assert_eq!(used.into_iter().collect::<Vec<_>>(), ["", "2", "3"]);
    let numbers: BTreeSet<u64> = exchanges.iter().map(|exchange| exchange.number).collect();
    assert_eq!(numbers.len(), exchanges.len(), "a number was given twice");
}

#[test]
fn the_verdicts_do_not_depend_on_the_number_of_lanes() {
    let desk = RunDesk::new();
    let mut reports = ["1", "4"].map(|lanes| {
        let ran = desk.call(&["run", "--report", REPORT, "--lanes", lanes, "--seed", "5"]);
        assert_eq!(ran.code, Some(0), "{}", ran.shown());
        ran.report
    });
    for report in &mut reports {
        assert!(report["volatile"].take().is_object());
    }
    assert_eq!(reports[0], reports[1]);
}

#[test]
fn handshakes_are_faulty_for_their_scenario_alone() {
    let desk = RunDesk::new();
    let ran = desk.call(&["run", "--report", REPORT, "--lanes", "4"]);
    assert_eq!(ran.code, Some(0), "{}", ran.shown());
    let exchanges = exchanges(&desk);
    let refused = exchanges.iter().filter(|exchange| exchange.service.id() == "handshake");
    assert!(refused.clone().count() > 0 && refused.clone().all(|exchange| exchange.fault.is_some()));
}

/// A configuration of two lanes, each with the program's own reference system as a vendor's.
fn two_lanes(rest: &str) -> String {
    let (one, two) = (free(), free());
    let start = |address: &str| format!("start = [\"{PROGRAM}\", \"reference\", \"--bind\", \"{address}\"]");
    let system = format!("{}\n[[lane]]\nname = \"beside\"\naddress = \"http://{two}\"\n{}", start(&one), start(&two));
    let text = vendor_configuration(&format!("http://{one}"), &format!("{system}\n{rest}"));
    text.replace("\"storage-client-relationship\"", "\"storage\", \"robustness-garbage-answer\"")
}

#[test]
fn a_configuration_names_the_systems_of_its_lanes() {
    let desk = RunDesk::new();
    let ran = desk.run(&two_lanes(""));
    assert_eq!((ran.code, ran.outcome()), (Some(0), "partial"), "{}", ran.shown());
    let used: BTreeSet<String> = lanes_of_scenarios(&ran.report, &exchanges(&desk)).into_values().flatten().collect();
    assert_eq!(used.into_iter().collect::<Vec<_>>(), ["", "beside"]);
}

/// A driver of a system with this version, which stores nothing.
fn driver(runtime: &tokio::runtime::Runtime, version: &'static str) -> String {
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("port");
    let address = listener.local_addr().expect("address");
    let system =
        json!({ "driver-api": "1", "actions": ["know-client"], "system": { "name": "Played", "version": version } });
    let answer = move || async move { (StatusCode::OK, axum::Json(system)) };
    let router = axum::Router::new().route("/v1/capabilities", axum::routing::get(answer));
    runtime.spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

#[test]
fn lanes_of_different_systems_are_no_run() {
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    let (one, other) = (driver(&runtime, "1.0"), driver(&runtime, "1.1"));
    let lane = format!("[[lane]]\naddress = \"{other}\"");
    let ran = RunDesk::new().run(&vendor_configuration(&one, &lane));
    assert_eq!((ran.code, ran.outcome()), (Some(3), "configuration"), "{}", ran.shown());
    let (code, detail) = ran.reason();
    assert!(
        code == "lanes-differ" && detail.contains("lane 2: Played 1.0") && detail.contains("1.1"),
        "{code} {detail}"
    );
}

#[test]
fn the_lane_whose_driver_is_missing_is_named() {
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    let lane = format!("[[lane]]\nname = \"b\"\naddress = \"http://{}\"", free());
    let ran = RunDesk::new().run(&vendor_configuration(&driver(&runtime, "1.0"), &lane));
    assert_eq!(ran.code, Some(3), "{}", ran.shown());
    let (code, detail) = ran.reason();
    assert!(code == "driver-unreachable" && detail.starts_with("lane b: http://"), "{code} {detail}");
}
