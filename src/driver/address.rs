//! The base address of a driver.

use reqwest::Url;

/// Why a text is no base address of a driver.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// No URL.
    #[error("no address of a driver: {0}")]
    Malformed(String),
    /// Not over HTTP.
    #[error("no driver is asked over {0}")]
    Scheme(String),
    /// It holds what belongs to single requests, or a secret.
    #[error("a base address has no user, query or fragment")]
    TooMuch,
    /// It names the version of the driver API, which each request adds.
    #[error("the base address stands before /v1")]
    Version,
}

/// Whether drivers can be asked at `address`: `http` or `https`, a host, and no more than a path before `/v1`.
///
/// # Errors
/// What it is instead.
pub fn check_address(address: &str) -> Result<(), AddressError> {
    let url = Url::parse(address).map_err(|error| AddressError::Malformed(error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(AddressError::Scheme(url.scheme().to_owned()));
    }
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err(AddressError::TooMuch);
    }
    if url.path().trim_end_matches('/').ends_with("/v1") { Err(AddressError::Version) } else { Ok(()) }
}
