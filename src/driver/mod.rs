//! How a vendor's system is driven: business actions over the driver API. This room judges nothing.

mod address;
mod answer;
mod error;
mod http;

pub use address::{AddressError, check_address};
pub use answer::{ActionAnswer, Capabilities, ReportedError, Unsupported};
pub use error::DriverError;
pub(crate) use http::root_cause;
pub use http::{HttpDriver, HttpDriverSettings, tls};
