//! A certificate with its key, and the fixed RSA keys.

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// Why an identity could not be made or read.
#[derive(Debug, thiserror::Error)]
pub enum PkiError {
    /// A key or certificate could not be made.
    #[error("the certificate of {subject} cannot be issued: {cause}")]
    Issue {
        /// Common name of the subject.
        subject: String,
        /// What the library said.
        cause: rcgen::Error,
    },
    /// A private key is not that of its certificate.
    #[error("the private key of the authority is not that of its certificate")]
    KeyOfOther,
    /// The system gave no random bytes.
    #[error("the system gives no random bytes")]
    Random,
    /// No RSA key could be made.
    #[error("no RSA key can be made: {0}")]
    RsaKey(String),
    /// A PEM text holds no certificate or no key.
    #[error("{name} holds no {what} in PEM: {cause}")]
    Pem {
        /// Name of the file or of the identity.
        name: String,
        /// `certificate` or `private key`.
        what: &'static str,
        /// What the library said.
        cause: rustls::pki_types::pem::Error,
    },
}

/// A certificate with its private key, both as PEM.
#[derive(Clone)]
pub struct Identity {
    pub certificate: String,
    /// The private key, PKCS #8.
    pub key: String,
}

impl Identity {
    /// The certificate, DER.
    ///
    /// # Errors
    /// `Pem` when the text holds none.
    pub fn certificate_der(&self) -> Result<CertificateDer<'static>, PkiError> {
        let error = |cause| PkiError::Pem { name: "identity".to_owned(), what: "certificate", cause };
        CertificateDer::from_pem_slice(self.certificate.as_bytes()).map_err(error)
    }

    /// The private key, DER of PKCS #8.
    ///
    /// # Errors
    /// `Pem` when the text holds none.
    pub fn key_der(&self) -> Result<PrivateKeyDer<'static>, PkiError> {
        let error = |cause| PkiError::Pem { name: "identity".to_owned(), what: "private key", cause };
        PrivatePkcs8KeyDer::from_pem_slice(self.key.as_bytes()).map(PrivateKeyDer::from).map_err(error)
    }
}

/// Shows the certificate only: a private key never reaches a log.
impl std::fmt::Debug for Identity {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Identity").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

/// The fixed RSA keys of the tree (`test-keys/README.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestKey {
    /// Key of the system signature and of tokens.
    System,
    /// Key of the professional's signature.
    Professional,
}

impl TestKey {
    /// The private key, PKCS #8 PEM.
    pub fn pem(self) -> &'static str {
        match self {
            Self::System => include_str!("test-keys/system.pem"),
            Self::Professional => include_str!("test-keys/professional.pem"),
        }
    }
}
