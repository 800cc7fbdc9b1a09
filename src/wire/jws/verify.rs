//! Verifies a JWS by the certificate that its header carries.
//!
//! Only signatures with a public key are known here: `none` and the HMAC algorithms are refused by not
//! being there, whatever the configuration allows.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::Compact;
use crate::wire::certificate_key::{self, Curve, Digest, KeyFault, Scheme};
use crate::words::{Said, said};

/// Most certificates of one `x5c`: a chain has three or four.
const MOST_CERTIFICATES: usize = 8;

/// A signature algorithm of RFC 7518 that the harness verifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Algorithm {
    name: &'static str,
    scheme: Scheme,
    digest: Digest,
    /// The curve that ECDSA needs.
    curve: Option<Curve>,
}

const ALGORITHMS: [Algorithm; 8] = [
    Algorithm { name: "RS256", scheme: Scheme::RsaPkcs1, digest: Digest::Sha256, curve: None },
    Algorithm { name: "RS384", scheme: Scheme::RsaPkcs1, digest: Digest::Sha384, curve: None },
    Algorithm { name: "RS512", scheme: Scheme::RsaPkcs1, digest: Digest::Sha512, curve: None },
    Algorithm { name: "PS256", scheme: Scheme::RsaPss, digest: Digest::Sha256, curve: None },
    Algorithm { name: "PS384", scheme: Scheme::RsaPss, digest: Digest::Sha384, curve: None },
    Algorithm { name: "PS512", scheme: Scheme::RsaPss, digest: Digest::Sha512, curve: None },
    Algorithm { name: "ES256", scheme: Scheme::Ecdsa, digest: Digest::Sha256, curve: Some(Curve::P256) },
    Algorithm { name: "ES384", scheme: Scheme::Ecdsa, digest: Digest::Sha384, curve: Some(Curve::P384) },
];

/// What verifying one JWS said; the faults are independent of each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JwsReport {
    /// The algorithm, where it is one that is verified.
    pub algorithm: Option<Algorithm>,
    /// DER of the signer's certificate, the first of `x5c`, where there is one that can be read.
    pub certificate: Option<Vec<u8>>,
    /// DER of the certificates behind it.
    pub others: Vec<Vec<u8>>,
    /// Everything that is wrong.
    pub faults: Vec<JwsFault>,
}

/// One thing that is wrong with a JWS.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JwsFault {
    /// `alg` is missing, or not one that is verified.
    #[error("algorithm {0} is not allowed")]
    AlgorithmNotAllowed(String),
    /// RFC 7515, 4.1.11: what `crit` names must be understood, and nothing that could be named is.
    #[error("its crit header names extensions that are not understood")]
    CriticalHeader,
    /// No `x5c`.
    #[error("no certificate in the x5c header")]
    NoCertificate,
    /// More certificates than a chain has.
    #[error("{0} certificates in the x5c header")]
    TooManyCertificates(usize),
    /// A certificate of `x5c` cannot be read.
    #[error("the certificate in the x5c header cannot be read: {0}")]
    CertificateUnreadable(String),
    /// An RSA key under the bound.
    #[error("the RSA key has {0} bits")]
    KeyTooSmall(usize),
    /// The key is not of the kind that the algorithm needs.
    #[error("the certificate's key does not fit {0}")]
    KeyUnfit(&'static str),
    /// Not made with the certificate's key, or what was signed has changed.
    #[error("the signature is not genuine: what was signed has changed, or another key signed it")]
    SignatureDiffers,
}

impl JwsFault {
    /// The same, to be told in any language.
    pub fn said(&self) -> Said {
        match self {
            Self::AlgorithmNotAllowed(name) => said::algorithm_is_not_allowed(name),
            Self::CriticalHeader => said::its_crit_header_names_extensions_that_are(),
            Self::NoCertificate => said::no_certificate_in_the_x5c_header(),
            Self::TooManyCertificates(count) => said::certificates_in_the_x5c_header(*count),
            Self::CertificateUnreadable(what) => said::the_certificate_in_the_x5c_header_cannot(what),
            Self::KeyTooSmall(bits) => said::the_rsa_key_has_bits(*bits),
            Self::KeyUnfit(algorithm) => said::the_certificate_s_key_does_not_fit(*algorithm),
            Self::SignatureDiffers => said::the_signature_is_not_genuine_what_was(),
        }
    }

    /// Whether the signature could not be verified at all, in place of not being genuine.
    pub fn is_unverified(&self) -> bool {
        *self != Self::SignatureDiffers
    }
}

impl Algorithm {
    /// The algorithm that `alg` calls `name`.
    pub fn named(name: &str) -> Option<Self> {
        ALGORITHMS.into_iter().find(|algorithm| algorithm.name == name)
    }

    /// Its name in `alg`.
    pub fn name(self) -> &'static str {
        self.name
    }
}

impl Compact {
    /// Verifies the signature by the key of the certificate in `x5c`; an RSA key has `smallest_rsa_bits` at least, and
    /// never fewer than 2048. Whether that certificate is to be trusted is another question: see
    /// [`crate::wire::trust::TrustAnchors`].
    pub fn verify(&self, smallest_rsa_bits: usize) -> JwsReport {
        let mut faults = Vec::new();
        let header = &self.header.value;
        if header.get("crit").is_some() {
            faults.push(JwsFault::CriticalHeader);
        }
        let algorithm = algorithm(header).map_err(|fault| faults.push(fault)).ok();
        let mut chain = certificates(header).map_err(|fault| faults.push(fault)).unwrap_or_default().into_iter();
        let certificate = chain.next();
        if let Some(der) = &certificate {
            faults.extend(self.judge_key(der, algorithm, smallest_rsa_bits).err());
        }
        JwsReport { algorithm, certificate, others: chain.collect(), faults }
    }

    fn judge_key(&self, der: &[u8], algorithm: Option<Algorithm>, smallest: usize) -> Result<(), JwsFault> {
        if let Some(bits) = certificate_key::rsa_bits(der).filter(|bits| *bits < smallest) {
            return Err(JwsFault::KeyTooSmall(bits));
        }
        let Some(algorithm) = algorithm else { return Ok(()) };
        if algorithm.curve.is_some() && certificate_key::curve(der) != algorithm.curve {
            return Err(JwsFault::KeyUnfit(algorithm.name));
        }
        let signed = self.signing_input.as_bytes();
        certificate_key::verify(der, algorithm.scheme, algorithm.digest, signed, &self.signature).map_err(|fault| {
            match fault {
                KeyFault::Unreadable(what) => JwsFault::CertificateUnreadable(what),
                KeyFault::RsaBits(bits) => JwsFault::KeyTooSmall(bits),
                KeyFault::NotRsa | KeyFault::NotEc => JwsFault::KeyUnfit(algorithm.name),
                KeyFault::Differs => JwsFault::SignatureDiffers,
            }
        })
    }
}

fn algorithm(header: &Value) -> Result<Algorithm, JwsFault> {
    let name = header.get("alg").and_then(Value::as_str).unwrap_or("\"\"");
    Algorithm::named(name).ok_or_else(|| JwsFault::AlgorithmNotAllowed(name.to_owned()))
}

/// `x5c` is Base64 with padding, unlike everything else in a JWS (RFC 7515, 4.1.6).
fn certificates(header: &Value) -> Result<Vec<Vec<u8>>, JwsFault> {
    let listed = header.get("x5c").and_then(Value::as_array).filter(|listed| !listed.is_empty());
    let listed = listed.ok_or(JwsFault::NoCertificate)?;
    if listed.len() > MOST_CERTIFICATES {
        return Err(JwsFault::TooManyCertificates(listed.len()));
    }
    listed.iter().map(certificate).collect()
}

fn certificate(listed: &Value) -> Result<Vec<u8>, JwsFault> {
    let text = listed.as_str().ok_or(JwsFault::NoCertificate)?;
    let der = STANDARD.decode(text).map_err(|error| JwsFault::CertificateUnreadable(error.to_string()))?;
    match X509Certificate::from_der(&der) {
        Ok(_) => Ok(der),
        Err(error) => Err(JwsFault::CertificateUnreadable(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::{Algorithm, JwsFault};
    use crate::wire::json::JsonLimits;
    use crate::wire::jws::Compact;
    use crate::wire::trust::subject_serial_number;

    const LIMITS: JsonLimits = JsonLimits { bytes: 65_536, depth: 8 };

    /// Tokens that another implementation made; `tests/fixtures/jws/make.py` says how.
    macro_rules! made {
        ($name:literal) => {
            include_str!(concat!("../../../tests/fixtures/jws/", $name, ".jws")).trim()
        };
    }

    fn faults(text: &str) -> Vec<JwsFault> {
        Compact::read(text, LIMITS).expect("read").verify(2048).faults
    }

    #[test]
    fn what_another_implementation_signed_is_genuine() {
        for token in [made!("rs256"), made!("ps256"), made!("es256"), made!("rs512")] {
            assert_eq!(faults(token), []);
        }
    }

    #[test]
    fn each_fault_is_told() {
        let not_allowed = |name: &str| JwsFault::AlgorithmNotAllowed(name.to_owned());
        assert_eq!(faults(made!("hs256")), [not_allowed("HS256")]);
        assert_eq!(faults(made!("small-key")), [JwsFault::KeyTooSmall(1024)]);
        assert_eq!(faults(made!("other-key")), [JwsFault::SignatureDiffers]);
        assert_eq!(faults(made!("unfit-key")), [JwsFault::KeyUnfit("RS256")]);
        assert_eq!(faults(made!("no-certificate")), [JwsFault::NoCertificate]);
        // {"alg":"none","crit":["b64"],"x5c":["AAAA"]}
        let none = "eyJhbGciOiJub25lIiwiY3JpdCI6WyJiNjQiXSwieDVjIjpbIkFBQUEiXX0.e30.";
        assert!(matches!(
            faults(none).as_slice(),
            [JwsFault::CriticalHeader, JwsFault::AlgorithmNotAllowed(_), JwsFault::CertificateUnreadable(_)]
        ));
    }

    #[test]
    fn a_key_may_be_too_small_for_the_profile() {
        let read = Compact::read(made!("rs256"), LIMITS).expect("read");
        let report = read.verify(4096);
        assert_eq!(report.algorithm.map(Algorithm::name), Some("RS256"));
        assert_eq!(report.faults, [JwsFault::KeyTooSmall(2048)]);
        let holder = report.certificate.as_deref().and_then(subject_serial_number);
        assert_eq!(holder.as_deref(), Some("1.2.246.10.99999991.10.0"));
    }

    #[test]
    fn the_payload_may_stand_elsewhere() {
        let token = made!("es256");
        let whole = Compact::read(token, LIMITS).expect("read");
        let parts: Vec<&str> = token.split('.').collect();
        let detached = format!("{}..{}", parts[0], parts[2]);
        let verify = |payload| Compact::read_detached(&detached, payload, LIMITS).expect("read").verify(2048).faults;
        assert_eq!(verify(whole.payload), []);
        assert_eq!(verify(b"{}".to_vec()), [JwsFault::SignatureDiffers]);
    }

    proptest::proptest! {
        #[test]
        fn no_changed_character_goes_unseen(at in 0_usize..10_000, letter in "[A-Za-z0-9_-]") {
            let token = made!("es256");
            let at = at % token.len();
            let changed = format!("{}{letter}{}", &token[..at], &token[at + 1..]);
            if changed != token && let Ok(read) = Compact::read(&changed, LIMITS) {
                proptest::prop_assert!(!read.verify(2048).faults.is_empty());
            }
        }
    }
}
