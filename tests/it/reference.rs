//! The reference system, driven over its driver API against a scripted Kanta.

mod answers;
mod api;
mod bench;
mod connection;
mod judged;
mod live;
mod log;
mod log_judged;
mod notices;
mod searches;
