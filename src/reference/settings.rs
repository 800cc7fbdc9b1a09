//! What the reference system is told when it starts.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::codes::{CodeTable, Codes};
use super::faults::Fault;
use super::log_outlet::LogOutlet;
use super::variant::Variant;

/// Settings of one reference system.
#[derive(Debug, Clone)]
pub struct ReferenceSettings {
    /// Address to which messages to the archive are posted, path included.
    pub archive_url: String,
    /// Root of the FHIR service; also the audience of the tokens.
    pub fhir_url: String,
    pub identities: IdentityFiles,
    /// The organisation that uses the system.
    pub organisation: Organisation,
    /// The professional who uses the system.
    pub professional: Professional,
    /// What it takes codes and identifiers of the specification to be.
    pub codes: Codes,
    /// What the system does wrong, if anything.
    pub fault: Option<Fault>,
    /// How it does what may be done in several ways.
    pub variant: Variant,
    /// Seed of all identifiers.
    pub seed: u64,
    /// How it tries again.
    pub retry: RetryPolicy,
    /// Where the use log goes by itself.
    pub log_outlet: LogOutlet,
    /// Where the driver API listens.
    pub bind: SocketAddr,
}

impl ReferenceSettings {
    /// Where the service of forms is: beside the archive.
    pub fn forms_url(&self) -> String {
        let root = self.archive_url.strip_suffix("/archive").unwrap_or(&self.archive_url);
        format!("{root}/forms/v1")
    }
}

/// An organisation and its unit.
#[derive(Debug, Clone)]
pub struct Organisation {
    /// OID of the organisation: sender, controller and service organiser.
    pub oid: String,
    pub name: String,
    /// OID of the service unit.
    pub unit_oid: String,
    pub unit_name: String,
}

/// The professional in whose name the system acts.
#[derive(Debug, Clone)]
pub struct Professional {
    /// Registration number, eleven digits.
    pub registration_number: String,
    /// Identity code of the 900 series.
    pub identity_code: String,
    pub family_name: String,
    pub given_name: String,
    /// Title in the organisation.
    pub title: String,
}

/// How often and when a message is sent again.
#[derive(Debug, Clone, Copy)]
pub struct RetryPolicy {
    /// Attempts in all, the first one included.
    pub attempts: u32,
    /// Delay before the second attempt; it doubles from then on.
    pub first_delay: Duration,
    /// The same after an answer that says that Kanta has no time now.
    pub busy_delay: Duration,
    /// Longest wait that an answer's Retry-After is granted.
    pub longest_delay: Duration,
    /// How long an answer is waited for.
    pub answer_timeout: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 3,
            first_delay: Duration::from_millis(5),
            busy_delay: Duration::from_millis(50),
            longest_delay: Duration::from_secs(2),
            answer_timeout: Duration::from_secs(10),
        }
    }
}

/// Certificates and private keys (PKCS#8), as PEM texts.
#[derive(Debug, Clone, Default)]
pub struct IdentityFiles {
    pub ca: String,
    /// TLS client certificate and key.
    pub client: PemPair,
    pub system: PemPair,
    pub professional: PemPair,
    /// System signatures that are no longer valid, for the faults that use them.
    pub lapsed: Option<LapsedFiles>,
}

/// System signatures that are no longer valid.
#[derive(Debug, Clone)]
pub struct LapsedFiles {
    /// One that has expired.
    pub expired: PemPair,
    /// One that its authority has revoked.
    pub revoked: PemPair,
}

/// A certificate and its private key as PEM texts.
#[derive(Clone, Default)]
pub struct PemPair {
    pub certificate: String,
    pub key: String,
}

impl std::fmt::Debug for PemPair {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("PemPair").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

/// A file of the folder that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {path}", path = path.display())]
pub struct IdentityFileError {
    pub path: PathBuf,
    source: io::Error,
}

impl IdentityFiles {
    /// Reads `ca.pem` and `client`, `system` and `professional` `.pem` and `.key` from a folder, and where they
    /// are there `expired-system` and `revoked-system` from its subfolder `wrong`.
    ///
    /// # Errors
    /// The first file that cannot be read.
    pub fn read(folder: &Path) -> Result<Self, IdentityFileError> {
        let pair = |name: &str| {
            Ok(PemPair {
                certificate: text_of(folder.join(format!("{name}.pem")))?,
                key: text_of(folder.join(format!("{name}.key")))?,
            })
        };
        let lapsed =
            || Ok(LapsedFiles { expired: pair("wrong/expired-system")?, revoked: pair("wrong/revoked-system")? });
        Ok(Self {
            ca: text_of(folder.join("ca.pem"))?,
            client: pair("client")?,
            system: pair("system")?,
            professional: pair("professional")?,
            lapsed: folder.join("wrong/expired-system.pem").is_file().then(lapsed).transpose()?,
        })
    }
}

fn text_of(path: PathBuf) -> Result<String, IdentityFileError> {
    std::fs::read_to_string(&path).map_err(|source| IdentityFileError { path, source })
}

impl ReferenceSettings {
    /// The codes that the system writes.
    pub(super) fn code(&self) -> &CodeTable {
        &self.codes.code
    }

    /// Whether the system has this fault.
    pub(super) fn deviates(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }
}
