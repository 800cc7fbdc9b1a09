//! Verifies a JWS by the certificate that its header carries.
//!
//! Only signatures with a public key are known here: `none` and the HMAC algorithms are refused by not
//! being there, whatever the configuration allows.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature;
use serde_json::Value;
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::public_key::PublicKey;

use super::Compact;
use crate::words::{Said, said};

/// A signature algorithm of RFC 7518 that the harness verifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PSS with SHA-256.
    Ps256,
    /// ECDSA on P-256 with SHA-256.
    Es256,
}

/// What a JWS must keep to.
#[derive(Debug, Clone, Copy)]
pub struct JwsRules<'a> {
    /// Names of the allowed algorithms.
    pub algorithms: &'a [String],
    /// Smallest RSA key, in bits; never below 2048.
    pub smallest_rsa_bits: usize,
}

/// What verifying one JWS said; the faults are independent of each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JwsReport {
    /// DER of the signer's certificate, the first of `x5c`, where there is one that can be read.
    pub certificate: Option<Vec<u8>>,
    /// Everything that is wrong.
    pub faults: Vec<JwsFault>,
}

/// One thing that is wrong with a JWS.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JwsFault {
    /// `alg` is missing, not allowed or not known.
    #[error("algorithm {0} is not allowed")]
    AlgorithmNotAllowed(String),
    /// RFC 7515, 4.1.11: what `crit` names must be understood, and nothing that could be named is.
    #[error("its crit header names extensions that are not understood")]
    CriticalHeader,
    /// No `x5c`.
    #[error("no certificate in the x5c header")]
    NoCertificate,
    /// The first certificate of `x5c` cannot be read.
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
            Self::CertificateUnreadable(what) => said::the_certificate_in_the_x5c_header_cannot(what),
            Self::KeyTooSmall(bits) => said::the_rsa_key_has_bits(*bits),
            Self::KeyUnfit(algorithm) => said::the_certificate_s_key_does_not_fit(*algorithm),
            Self::SignatureDiffers => said::the_signature_is_not_genuine_what_was(),
        }
    }
}

impl Algorithm {
    /// The algorithm that `alg` calls `name`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Self::Rs256),
            "PS256" => Some(Self::Ps256),
            "ES256" => Some(Self::Es256),
            _ => None,
        }
    }

    /// Its name in `alg`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
            Self::Es256 => "ES256",
        }
    }

    fn verifier(self) -> &'static dyn signature::VerificationAlgorithm {
        match self {
            Self::Rs256 => &signature::RSA_PKCS1_2048_8192_SHA256,
            Self::Ps256 => &signature::RSA_PSS_2048_8192_SHA256,
            Self::Es256 => &signature::ECDSA_P256_SHA256_FIXED,
        }
    }
}

impl Compact {
    /// Verifies the signature by the key of the certificate in `x5c`. Whether that certificate is to be
    /// trusted is another question: see [`crate::wire::trust::TrustAnchors`].
    pub fn verify(&self, rules: JwsRules<'_>) -> JwsReport {
        let mut faults = Vec::new();
        let header = &self.header.value;
        if header.get("crit").is_some() {
            faults.push(JwsFault::CriticalHeader);
        }
        let algorithm = allowed_algorithm(header, rules).map_err(|fault| faults.push(fault)).ok();
        let certificate = certificate(header).map_err(|fault| faults.push(fault)).ok();
        if let Some(der) = &certificate {
            faults.extend(self.judge_key(der, algorithm, rules.smallest_rsa_bits).err());
        }
        JwsReport { certificate, faults }
    }

    fn judge_key(&self, der: &[u8], algorithm: Option<Algorithm>, smallest: usize) -> Result<(), JwsFault> {
        let unreadable = |what: String| JwsFault::CertificateUnreadable(what);
        let (_, leaf) = X509Certificate::from_der(der).map_err(|error| unreadable(error.to_string()))?;
        let key = leaf.public_key();
        let kind = key.parsed().map_err(|error| unreadable(error.to_string()))?;
        if let PublicKey::RSA(rsa) = &kind
            && rsa.key_size() < smallest
        {
            return Err(JwsFault::KeyTooSmall(rsa.key_size()));
        }
        let Some(algorithm) = algorithm else { return Ok(()) };
        match (algorithm, kind) {
            (Algorithm::Rs256 | Algorithm::Ps256, PublicKey::RSA(_)) | (Algorithm::Es256, PublicKey::EC(_)) => {}
            _ => return Err(JwsFault::KeyUnfit(algorithm.name())),
        }
        signature::UnparsedPublicKey::new(algorithm.verifier(), &key.subject_public_key.data)
            .verify(self.signing_input.as_bytes(), &self.signature)
            .map_err(|_| JwsFault::SignatureDiffers)
    }
}

fn allowed_algorithm(header: &Value, rules: JwsRules<'_>) -> Result<Algorithm, JwsFault> {
    let name = header.get("alg").and_then(Value::as_str).unwrap_or("\"\"");
    let allowed = rules.algorithms.iter().any(|allowed| allowed == name);
    Algorithm::named(name).filter(|_| allowed).ok_or_else(|| JwsFault::AlgorithmNotAllowed(name.to_owned()))
}

/// `x5c` is Base64 with padding, unlike everything else in a JWS (RFC 7515, 4.1.6).
fn certificate(header: &Value) -> Result<Vec<u8>, JwsFault> {
    let leaf = header.pointer("/x5c/0").and_then(Value::as_str).ok_or(JwsFault::NoCertificate)?;
    let der = STANDARD.decode(leaf).map_err(|error| JwsFault::CertificateUnreadable(error.to_string()))?;
    match X509Certificate::from_der(&der) {
        Ok(_) => Ok(der),
        Err(error) => Err(JwsFault::CertificateUnreadable(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::{JwsFault, JwsRules};
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
        let algorithms = ["RS256", "PS256", "ES256", "HS256", "none"].map(str::to_owned);
        let rules = JwsRules { algorithms: &algorithms, smallest_rsa_bits: 2048 };
        Compact::read(text, LIMITS).expect("read").verify(rules).faults
    }

    #[test]
    fn what_another_implementation_signed_is_genuine() {
        for token in [made!("rs256"), made!("ps256"), made!("es256")] {
            assert_eq!(faults(token), []);
        }
    }

    #[test]
    fn each_fault_is_told() {
        let not_allowed = |name: &str| JwsFault::AlgorithmNotAllowed(name.to_owned());
        assert_eq!(faults(made!("rs512")), [not_allowed("RS512")]);
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
    fn an_algorithm_must_be_allowed_and_known() {
        let read = Compact::read(made!("rs256"), LIMITS).expect("read");
        let algorithms = ["ES256".to_owned()];
        let report = read.verify(JwsRules { algorithms: &algorithms, smallest_rsa_bits: 4096 });
        assert_eq!(report.faults, [JwsFault::AlgorithmNotAllowed("RS256".to_owned()), JwsFault::KeyTooSmall(2048)]);
        let holder = report.certificate.as_deref().and_then(subject_serial_number);
        assert_eq!(holder.as_deref(), Some("1.2.246.10.99999991.10.0"));
    }

    #[test]
    fn the_payload_may_stand_elsewhere() {
        let token = made!("es256");
        let whole = Compact::read(token, LIMITS).expect("read");
        let parts: Vec<&str> = token.split('.').collect();
        let detached = format!("{}..{}", parts[0], parts[2]);
        let algorithms = ["ES256".to_owned()];
        let rules = JwsRules { algorithms: &algorithms, smallest_rsa_bits: 2048 };
        let verify = |payload| Compact::read_detached(&detached, payload, LIMITS).expect("read").verify(rules).faults;
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
                let algorithms = ["ES256".to_owned()];
                let report = read.verify(JwsRules { algorithms: &algorithms, smallest_rsa_bits: 2048 });
                proptest::prop_assert!(!report.faults.is_empty());
            }
        }
    }
}
