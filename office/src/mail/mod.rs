//! Messages on their way: composed, sent or written to files, and reports of those that did not arrive.

mod delivery;
mod post;
mod report;

pub use delivery::{ANSWER_KEY, answer_secret, deliver_waiting, mark_bounced};
pub use post::{Post, Posted};
pub use report::failed_addresses;
