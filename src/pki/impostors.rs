//! TLS servers that no caller may trust: what Kanta shows when it plays that it is another.

use super::{CertificateValidity, Identity, PkiError, TestAuthority};

/// A name that no simulated Kanta is called by.
const OTHER_NAME: &str = "another-service.invalid";

/// Three servers that a caller must not trust.
#[derive(Debug, Clone)]
pub struct Impostors {
    /// Of the right authority and name, and expired.
    pub expired: Identity,
    pub foreign: Identity,
    /// Of the right authority, with another name.
    pub wrong_name: Identity,
}

impl Impostors {
    /// Impostors of a server that answers as `names` and has its certificate from `authority`; `other` is
    /// one that nobody trusts.
    ///
    /// # Errors
    /// `Issue`.
    pub fn issue(authority: &TestAuthority, other: &TestAuthority, names: &[String]) -> Result<Self, PkiError> {
        Ok(Self {
            expired: authority.server_until(names, CertificateValidity::Expired)?,
            foreign: other.server(names)?,
            wrong_name: authority.server_named(&[OTHER_NAME.to_owned()], CertificateValidity::Current)?,
        })
    }

    /// Each by the name of its files.
    pub(super) fn named(&self) -> [(&'static str, &Identity); 3] {
        [("expired-server", &self.expired), ("foreign-server", &self.foreign), ("wrong-name-server", &self.wrong_name)]
    }
}
