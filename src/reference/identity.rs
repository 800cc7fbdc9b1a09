//! Keys and certificates in use: signing, and TLS towards Kanta.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, SignatureScheme};

use super::faults::Fault;
use super::settings::{IdentityFiles, PemPair};

/// Why an identity cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// No such PEM section, or broken.
    #[error("the {0} is not readable PEM")]
    Pem(&'static str),
    /// No usable RSA key.
    #[error("the key of the {0} is no RSA key in PKCS#8 with 2048 to 4096 bits")]
    Key(&'static str),
    /// TLS refused certificate or key.
    #[error("cannot set up TLS")]
    Tls(#[from] rustls::Error),
    /// The authority cannot be used.
    #[error("cannot verify servers by the authority")]
    Authority(#[from] rustls::client::VerifierBuilderError),
    /// The HTTP client could not be made.
    #[error("cannot set up the HTTP client")]
    Http(#[from] reqwest::Error),
}

/// Signs with an RSA key and shows its certificate.
#[derive(Debug)]
pub struct Signer {
    key: RsaKeyPair,
    random: SystemRandom,
    /// The certificate, Base64 of its DER.
    pub certificate: String,
}

impl Signer {
    /// From PEM texts; `what` names the identity in errors.
    pub fn new(pair: &PemPair, what: &'static str) -> Result<Self, IdentityError> {
        let certificate = certificate_of(&pair.certificate, what)?;
        let key = PrivatePkcs8KeyDer::from_pem_slice(pair.key.as_bytes()).map_err(|_| IdentityError::Pem(what))?;
        let key = RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()).map_err(|_| IdentityError::Key(what))?;
        Ok(Self { key, random: SystemRandom::new(), certificate: STANDARD.encode(certificate) })
    }

    /// RSASSA-PKCS1-v1_5 with SHA-256 over `bytes`.
    pub fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.key.public().modulus_len()];
        self.key
            .sign(&RSA_PKCS1_SHA256, &self.random, bytes, &mut signature)
            .expect("the buffer is as long as the modulus, and PKCS #1 padding takes nothing else that could fail");
        signature
    }
}

fn certificate_of(pem: &str, what: &'static str) -> Result<CertificateDer<'static>, IdentityError> {
    CertificateDer::from_pem_slice(pem.as_bytes()).map_err(|_| IdentityError::Pem(what))
}

/// An HTTP client that shows its client certificate and trusts only the given authority.
pub fn http_client(
    files: &IdentityFiles,
    answer_timeout: Duration,
    careless: Carelessness,
) -> Result<reqwest::Client, IdentityError> {
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(tls_config(files, careless)?)
        .timeout(answer_timeout)
        // Whether an idle connection still stands is a matter of chance, and runs are to be alike.
        .pool_max_idle_per_host(0)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy();
    Ok(client.build()?)
}

fn tls_config(files: &IdentityFiles, careless: Carelessness) -> Result<rustls::ClientConfig, IdentityError> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(certificate_of(&files.ca, "authority")?)?;
    let chain = CertificateDer::pem_slice_iter(files.client.certificate.as_bytes())
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| IdentityError::Pem("TLS client certificate"))?;
    let key =
        PrivateKeyDer::from_pem_slice(files.client.key.as_bytes()).map_err(|_| IdentityError::Pem("TLS client key"))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config =
        rustls::ClientConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions()?;
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build()?;
    let verifier = FaultyVerifier { verifier, careless };
    let config = config.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
    Ok(config.with_client_auth_cert(chain, key)?)
}

/// What a fault overlooks in the certificates of servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carelessness {
    /// Nothing.
    None,
    /// That one has expired.
    Expired,
    /// That nobody known issued it.
    Foreign,
    /// That it is of another host.
    Misnamed,
    /// Everything.
    All,
}

impl Carelessness {
    /// Towards the archive.
    pub fn of_archive(fault: Option<Fault>) -> Self {
        match fault {
            Some(Fault::TrustsExpiredServer) => Self::Expired,
            Some(Fault::TrustsForeignServer) => Self::Foreign,
            Some(Fault::TrustsMisnamedServer) => Self::Misnamed,
            _ => Self::None,
        }
    }

    /// Towards the log service.
    pub fn of_log_service(fault: Option<Fault>) -> Self {
        if fault == Some(Fault::NoticeServerUnchecked) { Self::All } else { Self::None }
    }

    fn overlooks(self, problem: &CertificateError) -> bool {
        use CertificateError as Problem;
        match self {
            Self::None => false,
            Self::Expired => matches!(problem, Problem::Expired | Problem::ExpiredContext { .. }),
            Self::Foreign => matches!(problem, Problem::UnknownIssuer | Problem::BadSignature),
            Self::Misnamed => matches!(problem, Problem::NotValidForName | Problem::NotValidForNameContext { .. }),
            Self::All => true,
        }
    }
}

/// Verifies servers by authority, time and name, but for what a fault lets pass.
#[derive(Debug)]
struct FaultyVerifier {
    verifier: Arc<WebPkiServerVerifier>,
    careless: Carelessness,
}

impl ServerCertVerifier for FaultyVerifier {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        match self.verifier.verify_server_cert(leaf, intermediates, name, ocsp, now) {
            Err(rustls::Error::InvalidCertificate(problem)) if self.careless.overlooks(&problem) => {
                Ok(ServerCertVerified::assertion())
            }
            verdict => verdict,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier.verify_tls12_signature(message, leaf, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier.verify_tls13_signature(message, leaf, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use ring::signature::{KeyPair, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};

    use super::{PemPair, Signer};

    const KEY: &str = include_str!("../pki/test-keys/system.pem");

    /// A signer with a test key and a certificate of its own making.
    pub fn signer() -> Signer {
        let key = rcgen::KeyPair::from_pem(KEY).expect("key");
        let certificate = rcgen::CertificateParams::default().self_signed(&key).expect("certificate").pem();
        Signer::new(&PemPair { certificate, key: KEY.to_owned() }, "test").expect("signer")
    }

    impl Signer {
        /// Whether `signature` is one of this key over `bytes`.
        pub fn made(&self, signature: &[u8], bytes: &[u8]) -> bool {
            let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, self.key.public_key());
            key.verify(bytes, signature).is_ok()
        }
    }

    #[test]
    fn what_is_no_identity_is_refused_by_name() {
        let broken = PemPair { certificate: String::new(), key: KEY.to_owned() };
        let error = Signer::new(&broken, "system signature").expect_err("no certificate");
        assert_eq!(error.to_string(), "the system signature is not readable PEM");
    }
}
