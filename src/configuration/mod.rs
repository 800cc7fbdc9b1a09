//! The one file that defines a run: read, checked whole, every mistake with its place.

mod check;
mod checker;
mod lanes;
mod settings;
mod text;
mod use_log;
mod value;

pub use check::read;
pub use settings::Configuration;
pub(crate) use settings::{ConfiguredLane, SystemUnderTest, TlsChoice, UseLogChoice};
