//! The keys of messages.

include!(concat!(env!("OUT_DIR"), "/message_key.rs"));
