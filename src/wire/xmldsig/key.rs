//! The signer's certificate in `KeyInfo`, those that came with it, and its key.

use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey,
    VerificationAlgorithm,
};
use roxmltree::Node;
use x509_parser::oid_registry::{OID_EC_P256, OID_NIST_EC_P384, OID_PKCS1_RSAENCRYPTION, Oid};
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::public_key::PublicKey;
use x509_parser::x509::SubjectPublicKeyInfo;

use super::ValueOutcome;
use super::signature::{Method, all, only};
use crate::wire::b64;
use crate::wire::xml::joined_text;
use crate::words::{Said, said};

const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;
/// Most certificates of one `KeyInfo`: a chain has three or four.
const MOST_CERTIFICATES: usize = 8;

/// The certificates of one `KeyInfo`, DER.
#[derive(Debug, Clone)]
pub(super) struct Certificates {
    /// The signer's.
    pub signer: Vec<u8>,
    /// Those that came with it.
    pub others: Vec<Vec<u8>>,
}

/// The certificates in the `KeyInfo` of `signature`; the error says what is there instead.
pub(super) fn certificates(signature: Node<'_, '_>) -> Result<Certificates, Said> {
    let info = only(signature, "KeyInfo")?;
    let data = all(info, "X509Data");
    let elements: Vec<_> = data.into_iter().flat_map(|data| all(data, "X509Certificate")).collect();
    if !(1..=MOST_CERTIFICATES).contains(&elements.len()) {
        return Err(said::key_info_holds_certificates(elements.len()));
    }
    let mut certificates = Vec::new();
    for element in elements {
        let der = b64::decode(&joined_text(element)).map_err(|_| said::is_no_base64("X509Certificate"))?;
        if !certificates.contains(&der) {
            certificates.push(der);
        }
    }
    let signer = certificates.remove(signer(&certificates)?);
    Ok(Certificates { signer, others: certificates })
}

/// Which one is the signer's, for XML-DSig leaves the order open: the one that issued none of the others.
fn signer(certificates: &[Vec<u8>]) -> Result<usize, Said> {
    if certificates.len() == 1 {
        return Ok(0);
    }
    let read = certificates.iter().map(|der| read(der)).collect::<Result<Vec<_>, _>>()?;
    let issued_another = |own: usize| {
        let subject = read[own].subject().as_raw();
        read.iter().enumerate().any(|(other, certificate)| other != own && certificate.issuer().as_raw() == subject)
    };
    let signers: Vec<usize> = (0..read.len()).filter(|own| !issued_another(*own)).collect();
    match signers.as_slice() {
        [signer] => Ok(*signer),
        _ => Err(said::key_info_holds_certificates_that_are_no(read.len())),
    }
}

/// Whether `value` is the key's signature over `signed`.
pub(super) fn judge(method: Method, certificate: &[u8], signed: &[u8], value: &[u8]) -> ValueOutcome {
    let (algorithm, key): (&dyn VerificationAlgorithm, _) = match method {
        Method::RsaSha256 => (&RSA_PKCS1_2048_8192_SHA256, rsa_key(certificate)),
        Method::EcdsaSha256 => (&ECDSA_P256_SHA256_FIXED, ec_key(certificate, &OID_EC_P256, "P-256")),
        Method::EcdsaSha384 => (&ECDSA_P384_SHA384_FIXED, ec_key(certificate, &OID_NIST_EC_P384, "P-384")),
    };
    match key {
        Err(reason) => ValueOutcome::Unsupported(reason),
        Ok(key) => match UnparsedPublicKey::new(algorithm, key).verify(signed, value) {
            Ok(()) => ValueOutcome::Holds,
            Err(_) => ValueOutcome::Differs,
        },
    }
}

/// The key as PKCS#1 DER. Its size is looked at first, since too small a key is refused in the same
/// words as a wrong signature.
fn rsa_key(certificate: &[u8]) -> Result<Vec<u8>, Said> {
    let certificate = read(certificate)?;
    let key = certificate.public_key();
    if key.algorithm.algorithm != OID_PKCS1_RSAENCRYPTION {
        return Err(said::the_certificate_s_key_is_not_rsa());
    }
    match key.parsed() {
        Ok(PublicKey::RSA(rsa)) if RSA_BITS.contains(&rsa.key_size()) => Ok(key.subject_public_key.data.to_vec()),
        Ok(PublicKey::RSA(rsa)) => Err(said::an_rsa_key_of_bits_is_not(rsa.key_size())),
        _ => Err(said::the_certificate_s_rsa_key_cannot_be()),
    }
}

/// The key as a point of `curve`, uncompressed. The curve is looked at first, for the same reason.
fn ec_key(certificate: &[u8], curve: &Oid<'_>, name: &str) -> Result<Vec<u8>, Said> {
    let certificate = read(certificate)?;
    let key = certificate.public_key();
    if is_of(key, curve) { Ok(key.subject_public_key.data.to_vec()) } else { Err(said::the_key_is_not_of(name)) }
}

fn is_of(key: &SubjectPublicKeyInfo<'_>, curve: &Oid<'_>) -> bool {
    let named = key.algorithm.parameters.as_ref().and_then(|parameters| parameters.as_oid().ok());
    matches!(key.parsed(), Ok(PublicKey::EC(_))) && named.is_some_and(|named| named == *curve)
}

fn read(certificate: &[u8]) -> Result<X509Certificate<'_>, Said> {
    let (_, certificate) =
        X509Certificate::from_der(certificate).map_err(|_| said::the_certificate_cannot_be_read())?;
    Ok(certificate)
}
