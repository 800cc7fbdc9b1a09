//! The keys of messages, and a function for each that takes its values.

use super::Said;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));
