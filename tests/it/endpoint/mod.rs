//! The simulated Kanta over real sockets: each test has a port, a folder and identities of its own.

pub mod alone;
mod archivist;
mod attachments;
mod bodies;
mod connections;
pub mod declarations;
mod description;
mod disclosures;
mod faults;
mod forms;
mod killed;
mod lanes;
pub mod messages;
mod notice_bodies;
pub mod notices;
mod paging;
mod refusing;
mod searching;
mod soap;
mod storing;
mod summaries;
mod tls;
mod use_log;
mod validating;
pub mod world;
