//! What a single value of the configuration must be.

use std::path::Path;

use rustls::pki_types::ServerName;

use crate::driver::{self, AddressError};
use crate::files::{FileError, read_bytes};
use crate::wire::trust::{TrustAnchors, TrustError};

const LARGEST_PEM: u64 = 1024 * 1024;

/// What is wrong with a value, and what to do.
pub(super) type Mistake = (String, &'static str);

/// Why a file of certificates cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum CertificatesError {
    /// It cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// A block in it is no certificate.
    #[error(transparent)]
    Block(#[from] TrustError),
    /// It holds none.
    #[error("no certificate is in it")]
    Empty,
    /// TLS cannot use one of them.
    #[error("{0}")]
    Unusable(String),
}

/// Whether the file holds certificates of authorities, and nothing else.
pub(super) fn certificates(path: &Path) -> Result<(), CertificatesError> {
    let pem = read_bytes(path, LARGEST_PEM)?;
    if TrustAnchors::from_pem(&pem)?.roots().next().is_none() {
        return Err(CertificatesError::Empty);
    }
    driver::tls(&pem).map(drop).map_err(|error| CertificatesError::Unusable(error.to_string()))
}

/// A base address of a driver.
pub(super) fn driver_address(address: &str) -> Result<(), Mistake> {
    driver::check_address(address).map_err(|error| {
        let hint = match error {
            AddressError::Version => "remove /v1: the harness adds it",
            _ => "write it as http://127.0.0.1:9000",
        };
        (error.to_string(), hint)
    })
}

/// A host name or an address, as certificates hold them.
pub(super) fn host_name(name: &str) -> Result<(), Mistake> {
    let hint = "write a host name without scheme and port, as kanta.test";
    ServerName::try_from(name).map(drop).map_err(|_| (format!("\"{name}\" is no host name"), hint))
}

/// A text that is not empty.
pub(super) fn filled(text: &str) -> Result<(), Mistake> {
    if text.trim().is_empty() { Err(("nothing stands here".to_owned(), "fill it in, or remove it")) } else { Ok(()) }
}
