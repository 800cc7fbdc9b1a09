//! Fresh RSA keys, which ring does not make.

use rsa::pkcs8::EncodePrivateKey;
use rsa::rand_core::OsRng;

use super::PkiError;

/// What signers of the field have at least, and what ring takes for signing.
const BITS: usize = 2048;

/// A fresh RSA key of 2048 bits, PEM of PKCS #8.
///
/// # Errors
/// `RsaKey` when the library cannot make or write it.
pub fn fresh_rsa_key() -> Result<String, PkiError> {
    let error = |cause: &dyn std::fmt::Display| PkiError::RsaKey(cause.to_string());
    let key = rsa::RsaPrivateKey::new(&mut OsRng, BITS).map_err(|cause| error(&cause))?;
    let der = key.to_pkcs8_der().map_err(|cause| error(&cause))?;
    let key = rcgen::KeyPair::try_from(der.as_bytes()).map_err(|cause| error(&cause))?;
    Ok(key.serialize_pem())
}

#[cfg(test)]
mod tests {
    use super::fresh_rsa_key;
    use crate::pki::{CertificateSubject, CertificateValidity, TestAuthority};

    #[test]
    fn each_key_is_another_and_signs() {
        let (one, other) = (fresh_rsa_key().expect("key"), fresh_rsa_key().expect("key"));
        assert_ne!(one, other);
        let authority = TestAuthority::new(jiff::Timestamp::now()).expect("authority");
        let subject =
            CertificateSubject { common_name: "S".to_owned(), organisation: "O".to_owned(), serial_number: None };
        let signer = authority.signer_with(&subject, &one, CertificateValidity::Current).expect("signer");
        let der = rcgen::KeyPair::from_pem(&signer.key).expect("key").serialize_der();
        let key = ring::signature::RsaKeyPair::from_pkcs8(&der).expect("a key that ring takes");
        assert_eq!(key.public().modulus_len(), 256);
    }
}
