//! What a user of the program sees when input is bad: files, drivers, messages, folders. Each test runs the
//! program itself.

mod answers;
mod call;
mod configuration;
mod desk;
mod doctor;
mod expected;
mod messages;
mod places;
mod report;
mod start;
mod vendor;

pub use desk::{Desk as RunDesk, Ran};
pub use start::reference as run_reference;
pub use vendor::configuration as vendor_configuration;
