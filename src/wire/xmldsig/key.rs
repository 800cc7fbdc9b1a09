//! The signer's certificate in `KeyInfo` and its key.

use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use roxmltree::Node;
use x509_parser::oid_registry::OID_PKCS1_RSAENCRYPTION;
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::public_key::PublicKey;

use super::ValueOutcome;
use super::signature::{all, only};
use crate::wire::b64;
use crate::wire::xml::joined_text;

const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

/// DER of the one certificate in the `KeyInfo` of `signature`; the error says what is there instead.
pub(super) fn certificate(signature: Node<'_, '_>) -> Result<Vec<u8>, String> {
    let info = only(signature, "KeyInfo")?;
    let data = all(info, "X509Data");
    let certificates: Vec<_> = data.into_iter().flat_map(|data| all(data, "X509Certificate")).collect();
    let [certificate] = certificates.as_slice() else {
        return Err(format!("KeyInfo holds {} certificates", certificates.len()));
    };
    b64::decode(&joined_text(*certificate)).map_err(|_| "X509Certificate is no Base64".into())
}

/// Whether `value` is the key's signature over `signed`.
pub(super) fn judge(certificate: &[u8], signed: &[u8], value: &[u8]) -> ValueOutcome {
    match rsa_key(certificate) {
        Err(reason) => ValueOutcome::Unsupported(reason),
        Ok(key) => match UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key).verify(signed, value) {
            Ok(()) => ValueOutcome::Holds,
            Err(_) => ValueOutcome::Differs,
        },
    }
}

/// The key as PKCS#1 DER. Its size is looked at first, since too small a key is refused in the same
/// words as a wrong signature.
fn rsa_key(certificate: &[u8]) -> Result<Vec<u8>, String> {
    let (_, certificate) = X509Certificate::from_der(certificate).map_err(|_| "the certificate cannot be read")?;
    let key = certificate.public_key();
    if key.algorithm.algorithm != OID_PKCS1_RSAENCRYPTION {
        return Err("the certificate's key is not RSA".into());
    }
    match key.parsed() {
        Ok(PublicKey::RSA(rsa)) if RSA_BITS.contains(&rsa.key_size()) => Ok(key.subject_public_key.data.to_vec()),
        Ok(PublicKey::RSA(rsa)) => Err(format!("an RSA key of {} bits is not accepted", rsa.key_size())),
        _ => Err("the certificate's RSA key cannot be read".into()),
    }
}
