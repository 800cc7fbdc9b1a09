//! A believable office of invented customers: reserved domains, no person that exists.

mod fill;
mod names;

pub use fill::{Size, fill};
