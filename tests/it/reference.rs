//! The reference system, driven over its driver API against a scripted Kanta.

mod bench;
mod judged;
