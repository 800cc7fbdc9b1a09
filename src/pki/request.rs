//! A vendor's request for a certificate (PKCS #10), and what the authority makes of it.

use std::str::FromStr;

use x509_parser::certification_request::X509CertificationRequest;
use x509_parser::oid_registry::OID_X509_SERIALNUMBER;
use x509_parser::pem::Pem;
use x509_parser::prelude::FromDer;
use x509_parser::public_key::PublicKey;
use x509_parser::x509::X509Name;

use super::{CertificateSubject, PkiError, TestAuthority};
use crate::domain::Oid;

/// Largest request that is read, in bytes.
pub const LARGEST: usize = 64 * 1024;
const LABELS: [&str; 2] = ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"];
/// RSA keys that a signature may be made with.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;
/// Longest name that a certificate takes (RFC 5280, upper bounds).
const LONGEST_NAME: usize = 64;

/// What a certificate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// TLS towards Kanta; the serial number is the organisation's OID.
    Client,
    /// System signatures and tokens; the serial number is the organisation's OID.
    System,
    /// A professional's signatures; the serial number is the registration number.
    Professional,
}

/// Why a request is not signed.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// Longer than a request may be.
    #[error("the request is larger than {LARGEST} bytes")]
    TooLarge,
    /// No request in PEM.
    #[error("no certificate request in PEM: {0}")]
    Unreadable(String),
    /// Its signature is not that of its key.
    #[error("the request is not signed with its own key")]
    Signature,
    /// Its key cannot be used in this role.
    #[error("the key cannot be used: {0}")]
    Key(String),
    /// It names nobody.
    #[error("the request's subject has no {0}")]
    Subject(&'static str),
    /// The serial number is not of the role.
    #[error("the serial number {number:?} is no {expected}")]
    SerialNumber {
        /// What the request or the caller said.
        number: String,
        /// What it has to be.
        expected: &'static str,
    },
    /// The certificate could not be made.
    #[error(transparent)]
    Pki(#[from] PkiError),
}

/// A request whose signature holds.
#[derive(Debug, Clone)]
pub struct CertificateRequest {
    subject: CertificateSubject,
    /// DER of the SubjectPublicKeyInfo.
    key: Vec<u8>,
    /// Why the key cannot sign for a system or a professional, where it cannot.
    no_signer: Option<String>,
}

impl FromStr for CertificateRequest {
    type Err = RequestError;

    fn from_str(pem: &str) -> Result<Self, RequestError> {
        if pem.len() > LARGEST {
            return Err(RequestError::TooLarge);
        }
        let mut blocks = Pem::iter_from_buffer(pem.as_bytes());
        let block = blocks.next().ok_or_else(|| RequestError::Unreadable("nothing is there".to_owned()))?;
        let block = block.map_err(|error| RequestError::Unreadable(error.to_string()))?;
        if !LABELS.contains(&block.label.as_str()) {
            return Err(RequestError::Unreadable(format!("it is a {}", block.label)));
        }
        let (rest, request) = X509CertificationRequest::from_der(&block.contents)
            .map_err(|error| RequestError::Unreadable(error.to_string()))?;
        if !rest.is_empty() {
            return Err(RequestError::Unreadable(format!("{} bytes stand after it", rest.len())));
        }
        request.verify_signature().map_err(|_| RequestError::Signature)?;
        let info = &request.certification_request_info;
        let no_signer = unfit(&info.subject_pki.parsed().map_err(|error| RequestError::Key(error.to_string()))?)?;
        Ok(Self { subject: subject(&info.subject)?, key: info.subject_pki.raw.to_vec(), no_signer })
    }
}

/// Why the key cannot sign documents, where it cannot; an error where it is of no use at all.
fn unfit(key: &PublicKey<'_>) -> Result<Option<String>, RequestError> {
    match key {
        PublicKey::RSA(rsa) if RSA_BITS.contains(&rsa.key_size()) => Ok(None),
        PublicKey::RSA(rsa) => Err(RequestError::Key(format!("an RSA key of {} bits is not accepted", rsa.key_size()))),
        PublicKey::EC(_) => Ok(Some("signatures and tokens need an RSA key of 2048 bits or more".to_owned())),
        _ => Err(RequestError::Key("RSA or ECDSA keys are accepted".to_owned())),
    }
}

fn subject(name: &X509Name<'_>) -> Result<CertificateSubject, RequestError> {
    let text = |value: Option<&x509_parser::x509::AttributeTypeAndValue<'_>>| {
        let text = value?.as_str().ok()?.trim();
        (!text.is_empty() && text.chars().count() <= LONGEST_NAME).then(|| text.to_owned())
    };
    let common_name = text(name.iter_common_name().next()).ok_or(RequestError::Subject("usable common name (CN)"))?;
    let organisation = text(name.iter_organization().next()).unwrap_or_else(|| common_name.clone());
    let serial_number = text(name.iter_by_oid(&OID_X509_SERIALNUMBER).next());
    Ok(CertificateSubject { common_name, organisation, serial_number })
}

impl Role {
    fn check(self, number: &str) -> Result<(), RequestError> {
        let (holds, expected) = match self {
            Self::Client | Self::System => (Oid::check(number).is_ok(), "OID of an organisation"),
            Self::Professional => (
                number.len() == 11 && number.bytes().all(|byte| byte.is_ascii_digit()),
                "registration number of 11 digits",
            ),
        };
        if holds { Ok(()) } else { Err(RequestError::SerialNumber { number: number.to_owned(), expected }) }
    }
}

impl TestAuthority {
    /// A certificate, PEM, for the key of `request` in `role`. Of the request only its key and the common
    /// name, organisation and serial number of its subject count; `serial_number` stands in for the last.
    ///
    /// # Errors
    /// `Subject` without a serial number, `SerialNumber` for one that is not of the role, `Key` for a key
    /// that cannot be used in it, `Pki`.
    pub fn certify_request(
        &self,
        request: &CertificateRequest,
        role: Role,
        serial_number: Option<&str>,
    ) -> Result<String, RequestError> {
        let number = serial_number.map(str::to_owned).or_else(|| request.subject.serial_number.clone());
        let number = number.ok_or(RequestError::Subject("serialNumber"))?;
        role.check(&number)?;
        if let (Role::System | Role::Professional, Some(reason)) = (role, &request.no_signer) {
            return Err(RequestError::Key(reason.clone()));
        }
        let subject = CertificateSubject { serial_number: Some(number), ..request.subject.clone() };
        let key = rcgen::SubjectPublicKeyInfo::from_der(&request.key);
        let key = key.map_err(|error| RequestError::Key(error.to_string()))?;
        Ok(self.certify(&subject, &key, role == Role::Client)?)
    }
}
