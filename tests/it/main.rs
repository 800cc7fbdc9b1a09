//! The one integration-test binary.

mod architecture;
mod archive_model;
mod archive_rules;
mod bad_input;
mod canonical;
mod check;
mod disclosure_model;
mod document_schemas;
mod endpoint;
mod faults;
mod judges;
mod notice;
mod pdf;
mod phrases;
mod pki;
mod reference;
mod run_lanes;
mod samples;
mod scenarios;
mod search_model;
mod signatures;
mod support;
mod texts;
mod use_log;
mod validity;
mod wire;
