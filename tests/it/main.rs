//! The one integration-test binary.

mod architecture;
mod archive_model;
mod archive_rules;
mod bad_input;
#[path = "../../benches/kantakoe/times.rs"]
mod bench_times;
mod canonical;
mod check;
mod disclosure_model;
mod document_schemas;
mod endpoint;
mod faults;
mod judges;
mod message_rules;
mod national_codes;
mod notice;
mod one_state;
mod own_service;
mod pdf;
mod phrases;
mod pki;
mod reference;
mod run_lanes;
mod sample_reports;
mod samples;
mod scenario_docs;
mod scenarios;
mod search_model;
mod signatures;
mod support;
mod test_ideas;
mod texts;
mod two_versions;
mod use_log;
mod validity;
mod wire;
