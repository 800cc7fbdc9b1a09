//! The one integration-test binary.

mod archive_rules;
mod support;
mod texts;
mod wire;
