//! The one integration-test binary.

mod support;
mod texts;
mod wire;
