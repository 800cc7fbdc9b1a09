//! The reference system, driven over its driver API against a scripted Kanta.

mod answers;
mod api;
pub mod bench;
mod connection;
pub mod judged;
mod live;
mod log;
mod log_judged;
mod notices;
mod searches;
