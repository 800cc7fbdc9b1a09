//! Mutual TLS: what a client must show, who it is, and why a handshake failed.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, CertificateRevocationListDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{AlertDescription, CertificateError, RootCertStore, ServerConfig};
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::domain::mask_identity_codes;
use crate::evidence::Caller;
use crate::pki::{Identities, Identity, Impostors, PkiError};
use crate::wire::trust::{TrustAnchors, subject_serial_number};

/// How the endpoint is secured.
#[derive(Debug, Clone)]
pub enum Tls {
    /// TLS 1.2 or 1.3; the client must show a certificate of one of these authorities.
    Mutual {
        /// The endpoint's own identity.
        identity: Box<Identity>,
        /// Certificates of the authorities, DER.
        authorities: Vec<CertificateDer<'static>>,
        /// Lists of the certificates that they have revoked, DER.
        revoked: Vec<CertificateRevocationListDer<'static>>,
        /// What the endpoint shows in a handshake that a fault is planned for, where it has such.
        impostors: Option<Box<Impostors>>,
    },
    /// Plain HTTP: for work on one machine. Callers are not known then.
    Off,
}

/// Why TLS could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The identity cannot be read.
    #[error("the endpoint's identity cannot be used: {0}")]
    Identity(#[from] PkiError),
    /// The library does not accept the identity or an authority.
    #[error("TLS cannot be set up: {0}")]
    Library(#[from] rustls::Error),
    /// There is no authority to trust, or a revocation list cannot be used.
    #[error("no authority of client certificates can be used: {0}")]
    Authorities(#[from] rustls::server::VerifierBuilderError),
}

impl Tls {
    /// Mutual TLS as the server of `identities`, for callers whom `anchors` trust.
    pub fn mutual(identities: &Identities, anchors: &TrustAnchors) -> Self {
        Self::Mutual {
            identity: Box::new(identities.server.clone()),
            impostors: identities.impostors.clone().map(Box::new),
            authorities: anchors.roots().map(|der| der.to_vec().into()).collect(),
            revoked: anchors.lists().map(|der| der.to_vec().into()).collect(),
        }
    }

    /// Whether handshakes can be faulty on purpose.
    pub(in crate::kanta) fn has_impostors(&self) -> bool {
        matches!(self, Self::Mutual { impostors: Some(_), .. })
    }

    /// What is shown in handshakes; `None` for plain HTTP.
    pub(super) fn configs(&self) -> Result<Option<ServerConfigs>, TlsError> {
        let Self::Mutual { identity, authorities, revoked, impostors } = self else { return Ok(None) };
        let mut roots = RootCertStore::empty();
        for authority in authorities {
            roots.add(authority.clone())?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
        // An authority without a list has revoked nothing.
        let verifier = verifier.with_crls(revoked.iter().cloned()).allow_unknown_revocation_status().build()?;
        let config = |identity: &Identity| -> Result<Arc<ServerConfig>, TlsError> {
            let mut config = ServerConfig::builder_with_provider(Arc::clone(&provider))
                .with_safe_default_protocol_versions()?
                .with_client_cert_verifier(Arc::clone(&verifier))
                .with_single_cert(vec![identity.certificate_der()?], identity.key_der()?)?;
            config.alpn_protocols = vec![b"http/1.1".to_vec()];
            Ok(Arc::new(config))
        };
        let others = impostors.as_ref().map(|impostors| {
            Ok::<_, TlsError>([
                config(&impostors.expired)?,
                config(&impostors.foreign)?,
                config(&impostors.wrong_name)?,
            ])
        });
        Ok(Some(ServerConfigs { own: config(identity)?, others: others.transpose()? }))
    }
}

/// What the endpoint shows in a handshake. Stands among the extensions of the requests that follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::kanta) enum ShownCertificate {
    /// Its own certificate.
    Own,
    /// One that has expired.
    Expired,
    /// One of an authority that nobody trusts.
    Foreign,
    /// One of another host name.
    WrongName,
}

/// The configurations of TLS, one for each certificate that can be shown.
#[derive(Debug, Clone)]
pub(super) struct ServerConfigs {
    own: Arc<ServerConfig>,
    others: Option<[Arc<ServerConfig>; 3]>,
}

impl ServerConfigs {
    /// The configuration that shows this certificate; its own, where it has no other.
    pub(super) fn of(&self, certificate: ShownCertificate) -> Arc<ServerConfig> {
        let other = self.others.as_ref().and_then(|[expired, foreign, wrong_name]| match certificate {
            ShownCertificate::Own => None,
            ShownCertificate::Expired => Some(expired),
            ShownCertificate::Foreign => Some(foreign),
            ShownCertificate::WrongName => Some(wrong_name),
        });
        Arc::clone(other.unwrap_or(&self.own))
    }
}

/// The caller with this certificate.
pub(super) fn caller(address: String, certificate: Option<&CertificateDer<'_>>) -> Caller {
    let Some(der) = certificate else { return Caller { address, ..Caller::default() } };
    let subject = X509Certificate::from_der(der).ok().map(|(_, certificate)| certificate.subject().to_string());
    let serial_number = subject_serial_number(der).map(|number| mask_identity_codes(&number));
    Caller { address, subject: subject.map(|text| mask_identity_codes(&text)), serial_number }
}

/// Why a handshake failed, as a lower-case fragment that says which side has to look.
pub(super) fn reason(error: &std::io::Error) -> String {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match inner {
        Some(rustls::Error::NoCertificatesPresented) => "the client showed no certificate".to_owned(),
        Some(rustls::Error::InvalidCertificate(problem)) => certificate_problem(problem),
        Some(rustls::Error::AlertReceived(
            AlertDescription::UnknownCA
            | AlertDescription::BadCertificate
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateUnknown,
        )) => "the client does not trust the endpoint's certificate".to_owned(),
        Some(rustls::Error::InvalidMessage(_)) => "the client spoke no TLS".to_owned(),
        Some(rustls::Error::PeerIncompatible(what)) => format!("no TLS version or method in common: {what:?}"),
        _ => format!("the handshake broke off: {error}"),
    }
}

fn certificate_problem(problem: &CertificateError) -> String {
    match problem {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "the client certificate has expired".to_owned()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "the client certificate is not yet valid".to_owned()
        }
        CertificateError::Revoked => "the client certificate has been revoked".to_owned(),
        // Every authority of a run has the same name, so that one of an earlier run fails by its signature.
        CertificateError::BadSignature | CertificateError::UnknownIssuer => {
            "the client certificate is of an unknown authority".to_owned()
        }
        other => format!("the client certificate cannot be used: {other}"),
    }
}
