//! The one integration-test binary.

mod archive_rules;
mod canonical;
mod document_schemas;
mod endpoint;
mod notice;
mod reference;
mod signatures;
mod support;
mod texts;
mod use_log;
mod wire;
mod scenarios;
