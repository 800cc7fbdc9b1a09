//! Identities that are wrong in one way each, for tests of whoever must refuse them.

use super::{CertificateSubject, CertificateValidity, Identity, PkiError, TestAuthority};

/// Identities that are wrong in one way each.
#[derive(Debug, Clone)]
pub struct WrongIdentities {
    /// Each by the name of its files: `expired-client`.
    pub named: Vec<(String, Identity)>,
    /// The list that revokes those called revoked, PEM.
    pub revoked: String,
    /// Certificate of the authority of the foreign ones, PEM.
    pub foreign_authority: String,
}

/// A signer's name in its files, whom it names, and its RSA key, PEM.
pub type ImpostorSigner<'a> = (&'a str, &'a CertificateSubject, &'a str);

impl WrongIdentities {
    /// For the client and each signer an expired, a not yet valid, a revoked and a foreign identity, and a
    /// server that is not yet valid.
    ///
    /// # Errors
    /// `Issue`.
    pub fn issue(
        authority: &TestAuthority,
        other: &TestAuthority,
        client: &CertificateSubject,
        signers: &[ImpostorSigner<'_>],
        names: &[String],
    ) -> Result<Self, PkiError> {
        let mut named =
            vec![("not-yet-valid-server".to_owned(), authority.server_until(names, CertificateValidity::NotYet)?)];
        for (wrong, by, validity) in [
            ("expired", authority, CertificateValidity::Expired),
            ("not-yet-valid", authority, CertificateValidity::NotYet),
            ("revoked", authority, CertificateValidity::Current),
            ("foreign", other, CertificateValidity::Current),
        ] {
            named.push((format!("{wrong}-client"), by.client(client, validity)?));
            for (name, subject, key) in signers {
                named.push((format!("{wrong}-{name}"), by.signer_with(subject, key, validity)?));
            }
        }
        let revoked: Vec<&Identity> =
            named.iter().filter(|(name, _)| name.starts_with("revoked")).map(|(_, identity)| identity).collect();
        let revoked = authority.revoke(&revoked)?;
        Ok(Self { named, revoked, foreign_authority: other.certificate() })
    }
}
