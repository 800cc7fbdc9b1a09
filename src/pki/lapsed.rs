//! System signatures that are no longer valid: what must be refused, whoever signs with it.

use super::{CertificateSubject, CertificateValidity, Identity, PkiError, TestAuthority, TestKey};

/// Names of their files.
pub(super) const LAPSED: [&str; 2] = ["expired-system", "revoked-system"];

/// System signatures that are no longer valid.
#[derive(Debug, Clone)]
pub struct Lapsed {
    /// One that has expired.
    pub expired: Identity,
    /// One that its authority has to revoke.
    pub revoked: Identity,
}

impl Lapsed {
    /// Those of `system`.
    ///
    /// # Errors
    /// `Issue`.
    pub(super) fn issue(authority: &TestAuthority, system: &CertificateSubject) -> Result<Self, PkiError> {
        let signer = |validity| authority.signer(system, TestKey::System, validity);
        Ok(Self { expired: signer(CertificateValidity::Expired)?, revoked: signer(CertificateValidity::Current)? })
    }

    /// Each by the name of its files.
    pub(super) fn named(&self) -> [(&'static str, &Identity); 2] {
        [(LAPSED[0], &self.expired), (LAPSED[1], &self.revoked)]
    }
}
