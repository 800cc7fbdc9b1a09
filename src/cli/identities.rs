//! The identities of a run: issued fresh, and who stands in them.

use std::path::Path;

use jiff::Timestamp;

use crate::pki::{FolderError, Identities, PkiError, Subject, TestAuthority};

/// Registration number of the professional in the built-in identities, an invented one.
pub(super) const PROFESSIONAL: &str = "99900000011";

/// Why there are no identities.
#[derive(Debug, thiserror::Error)]
pub(super) enum IdentityError {
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
pub(super) fn issue(organisation: (&str, &str), names: &[String], now: Timestamp) -> Result<Identities, IdentityError> {
    let authority = TestAuthority::new(now)?;
    let system = Subject {
        common_name: "Client information system under test".to_owned(),
        organisation: organisation.1.to_owned(),
        serial_number: Some(organisation.0.to_owned()),
    };
    let professional = Subject {
        common_name: "Testinen Tessa".to_owned(),
        organisation: organisation.1.to_owned(),
        serial_number: Some(PROFESSIONAL.to_owned()),
    };
    Ok(Identities::issue(&authority, names, &system, &professional)?)
}

/// The identities that `folder` keeps, made at the first start.
///
/// # Errors
/// As those of [`issue`]; `Folder` when the folder cannot be used.
pub(super) fn kept(
    folder: &Path,
    organisation: (&str, &str),
    names: &[String],
    now: Timestamp,
) -> Result<Identities, IdentityError> {
    if folder.join("ca.pem").is_file() {
        return Ok(Identities::read_folder(folder)?);
    }
    let identities = issue(organisation, names, now)?;
    identities.write_folder(folder)?;
    Ok(identities)
}
