//! The signer's certificate in `KeyInfo`, those that came with it, and its key.

use roxmltree::Node;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::ValueOutcome;
use super::algorithm::Method;
use super::signature::{all, only};
use crate::wire::b64;
use crate::wire::certificate_key::{self, KeyFault};
use crate::wire::xml::joined_text;
use crate::words::{Said, said};

/// Most certificates of one `KeyInfo`: a chain has three or four.
const MOST_CERTIFICATES: usize = 8;

/// The certificates of one `KeyInfo`, DER.
#[derive(Debug, Clone)]
pub(super) struct Certificates {
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
    let unverified = |reason: Said| ValueOutcome::Unverified(reason.into());
    match certificate_key::verify(certificate, method.scheme, method.digest, signed, value) {
        Ok(()) => ValueOutcome::Holds,
        Err(KeyFault::Differs) => ValueOutcome::Differs,
        Err(KeyFault::Unreadable(_)) => unverified(said::the_certificate_cannot_be_read()),
        Err(KeyFault::NotRsa) => unverified(said::the_certificate_s_key_is_not_rsa()),
        Err(KeyFault::RsaBits(bits)) => unverified(said::an_rsa_key_of_bits_is_not(bits)),
        Err(KeyFault::NotEc) => unverified(said::the_key_is_not_of("P-256 / P-384")),
    }
}

fn read(certificate: &[u8]) -> Result<X509Certificate<'_>, Said> {
    let (_, certificate) =
        X509Certificate::from_der(certificate).map_err(|_| said::the_certificate_cannot_be_read())?;
    Ok(certificate)
}
