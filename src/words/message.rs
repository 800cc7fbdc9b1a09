//! A function for each message, which takes the values of its places. Made from the texts at build time.

use super::{Key, Said};

include!(concat!(env!("OUT_DIR"), "/messages.rs"));
