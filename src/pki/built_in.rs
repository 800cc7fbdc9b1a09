//! The built-in identities of a run: issued fresh, and the invented organisation and professional in them.

use std::path::Path;

use jiff::Timestamp;

use super::authority::{CertificateSubject, TestAuthority};
use super::folder::{FolderError, Identities};
use super::identity::PkiError;

/// The organisation of the built-in identities, an invented one: OID and name.
pub(crate) const ORGANISATION: (&str, &str) = ("1.2.246.10.99999991.10.0", "Näytealue");
/// Registration number of the professional in the built-in identities, an invented one.
pub(crate) const PROFESSIONAL: &str = "99900000011";

/// Why there are no identities.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BuiltInError {
    /// They could not be made.
    #[error("the identities cannot be made: {0}")]
    Made(#[from] PkiError),
    /// They could not be written or read.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

/// Fresh identities for an organisation; the server also answers as `names`.
///
/// # Errors
/// `Made` when a key or a name cannot be used.
pub(crate) fn issue(organisation: (&str, &str), names: &[String], now: Timestamp) -> Result<Identities, BuiltInError> {
    let authority = TestAuthority::new(now)?;
    let (system, professional) = subjects(organisation);
    Ok(Identities::issue(&authority, names, &system, &professional)?.with_lapsed(&authority, &system)?)
}

/// Who stands in the certificates of the system and of the professional.
pub(crate) fn subjects(organisation: (&str, &str)) -> (CertificateSubject, CertificateSubject) {
    subjects_with(organisation, PROFESSIONAL)
}

/// The same with another registration number of the professional.
pub(crate) fn subjects_with(
    organisation: (&str, &str),
    registration_number: &str,
) -> (CertificateSubject, CertificateSubject) {
    let subject = |name: &str, number: &str| CertificateSubject {
        common_name: name.to_owned(),
        organisation: organisation.1.to_owned(),
        serial_number: Some(number.to_owned()),
    };
    (subject("Client information system under test", organisation.0), subject("Testinen Tessa", registration_number))
}

/// The identities that `folder` keeps, made at the first start.
///
/// # Errors
/// As those of [`issue`]; `Folder` when the folder cannot be used.
pub(crate) fn kept(
    folder: &Path,
    organisation: (&str, &str),
    names: &[String],
    now: Timestamp,
) -> Result<Identities, BuiltInError> {
    if folder.join("ca.pem").is_file() {
        return Ok(Identities::read_folder(folder)?);
    }
    let identities = issue(organisation, names, now)?;
    identities.write_folder(folder)?;
    Ok(identities)
}
