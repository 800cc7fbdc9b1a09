//! How a vendor's system is driven: business actions over the driver API. This room judges nothing.

mod address;
mod answer;
mod error;
mod http;

pub(crate) use address::{AddressError, check_address};
pub(crate) use answer::ActionAnswer;
pub use answer::Capabilities;
pub(crate) use error::DriverError;
pub(crate) use http::root_cause;
pub use http::{HttpDriver, HttpDriverSettings, tls};
