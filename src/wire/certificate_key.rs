//! Verifying a signature value with the key of a certificate: RSA and ECDSA, with the digests of the SHA-2 family. What is
//! not here (HMAC, `none`, SHA-1) verifies nothing.

use ring::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512, RSA_PSS_2048_8192_SHA256,
    RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512, RsaParameters, UnparsedPublicKey,
};
use x509_parser::oid_registry::{OID_EC_P256, OID_NIST_EC_P384, OID_PKCS1_RSAENCRYPTION};
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::public_key::PublicKey;
use x509_parser::x509::SubjectPublicKeyInfo;

const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

/// A digest of the SHA-2 family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Digest {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Digest {
    /// The digest of `bytes`.
    pub fn take(self, bytes: &[u8]) -> Vec<u8> {
        let algorithm = match self {
            Self::Sha256 => &ring::digest::SHA256,
            Self::Sha384 => &ring::digest::SHA384,
            Self::Sha512 => &ring::digest::SHA512,
        };
        ring::digest::digest(algorithm, bytes).as_ref().to_vec()
    }
}

/// How a value is made from a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// RSASSA-PKCS1-v1_5 (RFC 8017).
    RsaPkcs1,
    /// RSASSA-PSS with MGF1, of the same digest, and a salt as long as it (RFC 8017).
    RsaPss,
    /// ECDSA, the two numbers one after the other, each as long as the curve's (FIPS 186-5).
    Ecdsa,
}

/// The curve of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Curve {
    /// NIST P-256.
    P256,
    /// NIST P-384.
    P384,
}

/// Why a value is not verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyFault {
    /// The certificate or its key cannot be read: what the parser says.
    Unreadable(String),
    /// The scheme needs an RSA key.
    NotRsa,
    /// An RSA key of so many bits, outside 2048 to 8192.
    RsaBits(usize),
    /// The scheme needs a key of P-256 or P-384.
    NotEc,
    /// Not made with this key, or what was signed has changed.
    Differs,
}

/// Whether `value` is a signature over `signed` by the key of the certificate `der`.
///
/// # Errors
/// See [`KeyFault`]. The key is looked at before the value, since too small a key is refused by the cryptography in the
/// same words as a wrong value.
pub fn verify(der: &[u8], scheme: Scheme, digest: Digest, signed: &[u8], value: &[u8]) -> Result<(), KeyFault> {
    let (_, certificate) = X509Certificate::from_der(der).map_err(|error| KeyFault::Unreadable(error.to_string()))?;
    let key = certificate.public_key();
    match scheme {
        Scheme::RsaPkcs1 | Scheme::RsaPss => {
            let holds = UnparsedPublicKey::new(rsa_parameters(scheme, digest), rsa_key(key)?).verify(signed, value);
            holds.map_err(|_| KeyFault::Differs)
        }
        Scheme::Ecdsa => {
            let curve = curve_of(key).ok_or(KeyFault::NotEc)?;
            let holds = ecdsa_holds(curve, &key.subject_public_key.data, &digest.take(signed), value);
            if holds { Ok(()) } else { Err(KeyFault::Differs) }
        }
    }
}

/// The curve of the certificate's key, where it is of one that is known here.
pub fn curve(der: &[u8]) -> Option<Curve> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    curve_of(certificate.public_key())
}

/// How many bits the certificate's key has, where it is of RSA.
pub fn rsa_bits(der: &[u8]) -> Option<usize> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    match certificate.public_key().parsed() {
        Ok(PublicKey::RSA(rsa)) => Some(rsa.key_size()),
        _ => None,
    }
}

fn rsa_parameters(scheme: Scheme, digest: Digest) -> &'static RsaParameters {
    match (scheme, digest) {
        (Scheme::RsaPss, Digest::Sha256) => &RSA_PSS_2048_8192_SHA256,
        (Scheme::RsaPss, Digest::Sha384) => &RSA_PSS_2048_8192_SHA384,
        (Scheme::RsaPss, Digest::Sha512) => &RSA_PSS_2048_8192_SHA512,
        (_, Digest::Sha256) => &RSA_PKCS1_2048_8192_SHA256,
        (_, Digest::Sha384) => &RSA_PKCS1_2048_8192_SHA384,
        (_, Digest::Sha512) => &RSA_PKCS1_2048_8192_SHA512,
    }
}

/// The key as PKCS#1 DER.
fn rsa_key<'k>(key: &'k SubjectPublicKeyInfo<'_>) -> Result<&'k [u8], KeyFault> {
    if key.algorithm.algorithm != OID_PKCS1_RSAENCRYPTION {
        return Err(KeyFault::NotRsa);
    }
    match key.parsed() {
        Ok(PublicKey::RSA(rsa)) if RSA_BITS.contains(&rsa.key_size()) => Ok(&key.subject_public_key.data),
        Ok(PublicKey::RSA(rsa)) => Err(KeyFault::RsaBits(rsa.key_size())),
        Ok(_) => Err(KeyFault::NotRsa),
        Err(error) => Err(KeyFault::Unreadable(error.to_string())),
    }
}

fn curve_of(key: &SubjectPublicKeyInfo<'_>) -> Option<Curve> {
    let named = key.algorithm.parameters.as_ref()?.as_oid().ok()?;
    let is_ec = matches!(key.parsed(), Ok(PublicKey::EC(_)));
    let known = [(OID_EC_P256, Curve::P256), (OID_NIST_EC_P384, Curve::P384)];
    known.into_iter().find(|(oid, _)| is_ec && *oid == named).map(|(_, curve)| curve)
}

fn ecdsa_holds(curve: Curve, point: &[u8], digest: &[u8], value: &[u8]) -> bool {
    use p256::ecdsa::signature::hazmat::PrehashVerifier;
    match curve {
        Curve::P256 => {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point).ok();
            let value = p256::ecdsa::Signature::from_slice(value).ok();
            key.zip(value).is_some_and(|(key, value)| key.verify_prehash(digest, &value).is_ok())
        }
        Curve::P384 => {
            let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(point).ok();
            let value = p384::ecdsa::Signature::from_slice(value).ok();
            key.zip(value).is_some_and(|(key, value)| key.verify_prehash(digest, &value).is_ok())
        }
    }
}
