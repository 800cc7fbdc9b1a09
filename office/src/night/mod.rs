//! The nightly job: destroys what it planned the night before, and plans what is due next.

mod job;

pub use job::{CLOCK, Night, NightError, confirm_clock, tick};
