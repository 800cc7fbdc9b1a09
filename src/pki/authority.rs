//! The certificate authority of a run.

use std::time::Duration;

use jiff::Timestamp;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose, PublicKeyData, RevokedCertParams, SerialNumber, date_time_ymd,
};
use ring::rand::{SecureRandom, SystemRandom};
use x509_parser::prelude::{FromDer, X509Certificate};

use super::{Identity, PkiError, TestKey};

/// `serialNumber` of X.520, where Finnish service certificates carry the organisation's OID.
const SERIAL_NUMBER: [u64; 4] = [2, 5, 4, 5];
/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;
/// How many days an authority and its revocation list are valid.
const AUTHORITY_DAYS: i64 = 3650;
const AUTHORITY: &str = "the authority";
/// Names under which the simulated Kanta is reached on the machine itself.
const LOCAL_NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// Whom a certificate names.
#[derive(Debug, Clone)]
pub struct CertificateSubject {
    /// `CN`.
    pub common_name: String,
    /// `O`.
    pub organisation: String,
    /// `serialNumber`: the organisation's OID or a professional's registration number.
    pub serial_number: Option<String>,
}

/// When a certificate is valid, seen from the moment of its issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateValidity {
    /// From the day before until a year later.
    Current,
    /// Until the day before.
    Expired,
    /// From a year later on.
    NotYet,
}

/// An authority that issues certificates for tests. Its key is ECDSA P-256.
#[derive(Debug)]
pub struct TestAuthority {
    issuer: Issuer<'static, KeyPair>,
    certificate: String,
    now: Timestamp,
}

impl TestAuthority {
    /// A new authority whose certificates count from `now`.
    ///
    /// # Errors
    /// `Issue` when the library cannot make a key.
    pub fn new(now: Timestamp) -> Result<Self, PkiError> {
        let error = |cause| PkiError::Issue { subject: AUTHORITY.to_owned(), cause };
        let key = KeyPair::generate().map_err(error)?;
        let subject =
            CertificateSubject { common_name: name_of(&key), organisation: "kantakoe".to_owned(), serial_number: None };
        let mut params = params(&subject, CertificateValidity::Current, now);
        params.not_after = date_time_ymd(1970, 1, 1) + since_epoch(now, AUTHORITY_DAYS);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let certificate = params.self_signed(&key).map_err(error)?.pem();
        Ok(Self { issuer: Issuer::new(params, key), certificate, now })
    }

    /// The authority of a certificate and its key, both PEM, that an earlier one wrote.
    ///
    /// # Errors
    /// `Issue` when they cannot be read, `KeyOfOther` when the key is not the certificate's.
    pub fn read(certificate: String, key: &str, now: Timestamp) -> Result<Self, PkiError> {
        let error = |cause| PkiError::Issue { subject: AUTHORITY.to_owned(), cause };
        let key = KeyPair::from_pem(key).map_err(error)?;
        let der = Identity { certificate: certificate.clone(), key: String::new() }.certificate_der()?;
        let fits = X509Certificate::from_der(&der)
            .is_ok_and(|(_, read)| read.public_key().subject_public_key.data == key.public_key_raw());
        if !fits {
            return Err(PkiError::KeyOfOther);
        }
        let issuer = Issuer::from_ca_cert_der(&der, key).map_err(error)?;
        Ok(Self { issuer, certificate, now })
    }

    /// Its own certificate, PEM.
    pub fn certificate(&self) -> String {
        self.certificate.clone()
    }

    /// The moment from which its certificates count.
    pub(super) fn now(&self) -> Timestamp {
        self.now
    }

    /// Its private key, PEM of PKCS #8.
    pub fn key(&self) -> String {
        self.issuer.key().serialize_pem()
    }

    /// A list that revokes these certificates from the day before on, PEM.
    ///
    /// # Errors
    /// `Pem` for an identity without a certificate, `Issue`.
    pub fn revoke(&self, identities: &[&Identity]) -> Result<String, PkiError> {
        let error = |cause| PkiError::Issue { subject: "the revocation list".to_owned(), cause };
        let mut revoked_certs = Vec::new();
        for identity in identities {
            let der = identity.certificate_der()?;
            let (_, certificate) =
                X509Certificate::from_der(&der).map_err(|_| error(rcgen::Error::CouldNotParseCertificate))?;
            revoked_certs.push(RevokedCertParams {
                serial_number: SerialNumber::from(certificate.tbs_certificate.raw_serial().to_vec()),
                revocation_time: date_time_ymd(1970, 1, 1) + since_epoch(self.now, -1),
                reason_code: None,
                invalidity_date: None,
            });
        }
        let list = CertificateRevocationListParams {
            this_update: date_time_ymd(1970, 1, 1) + since_epoch(self.now, 0),
            next_update: date_time_ymd(1970, 1, 1) + since_epoch(self.now, AUTHORITY_DAYS),
            crl_number: random_serial()?,
            issuing_distribution_point: None,
            revoked_certs,
            key_identifier_method: KeyIdMethod::Sha256,
        };
        list.signed_by(&self.issuer).and_then(|list| list.pem()).map_err(error)
    }

    /// Identity of a TLS server that answers as localhost, 127.0.0.1, ::1 and `names`.
    ///
    /// # Errors
    /// `Issue`, for instance when one of `names` can stand in no certificate.
    pub fn server(&self, names: &[String]) -> Result<Identity, PkiError> {
        self.server_until(names, CertificateValidity::Current)
    }

    /// The same with another validity.
    pub(super) fn server_until(&self, names: &[String], validity: CertificateValidity) -> Result<Identity, PkiError> {
        let all: Vec<String> = LOCAL_NAMES.iter().map(|name| (*name).to_owned()).chain(names.iter().cloned()).collect();
        self.server_named(&all, validity)
    }

    /// Identity of a TLS server that answers as `names` and nothing else.
    ///
    /// # Errors
    /// `Issue`.
    pub fn server_named(&self, names: &[String], validity: CertificateValidity) -> Result<Identity, PkiError> {
        let common_name = "kantakoe simulated Kanta".to_owned();
        let subject = CertificateSubject { common_name, organisation: "kantakoe".to_owned(), serial_number: None };
        let error = |cause| PkiError::Issue { subject: subject.common_name.clone(), cause };
        let named = CertificateParams::new(names.to_vec()).map_err(error)?;
        let mut params = params(&subject, validity, self.now);
        params.subject_alt_names = named.subject_alt_names;
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        self.issue(&params, &subject, &KeyPair::generate().map_err(error)?)
    }

    /// Identity of a TLS client with an ECDSA key.
    ///
    /// # Errors
    /// `Issue`.
    pub fn client(&self, subject: &CertificateSubject, validity: CertificateValidity) -> Result<Identity, PkiError> {
        let error = |cause| PkiError::Issue { subject: subject.common_name.clone(), cause };
        let mut params = params(subject, validity, self.now);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        self.issue(&params, subject, &KeyPair::generate().map_err(error)?)
    }

    /// A signer of documents or tokens: a certificate for one of the fixed RSA keys.
    ///
    /// # Errors
    /// `Issue`.
    pub fn signer(
        &self,
        subject: &CertificateSubject,
        key: TestKey,
        validity: CertificateValidity,
    ) -> Result<Identity, PkiError> {
        self.signer_with(subject, key.pem(), validity)
    }

    /// The same for an RSA key of one's own, PEM of PKCS #8.
    ///
    /// # Errors
    /// `Issue`, for instance when it is no such key.
    pub fn signer_with(
        &self,
        subject: &CertificateSubject,
        key: &str,
        validity: CertificateValidity,
    ) -> Result<Identity, PkiError> {
        let error = |cause| PkiError::Issue { subject: subject.common_name.clone(), cause };
        let key = KeyPair::from_pem(key).map_err(error)?;
        self.issue(&params(subject, validity, self.now), subject, &key)
    }

    /// The certificate, PEM, of a key that stays with its owner; `for_tls` is a client's, else a signer's.
    ///
    /// # Errors
    /// `Issue`.
    pub(super) fn certify(
        &self,
        subject: &CertificateSubject,
        key: &impl PublicKeyData,
        for_tls: bool,
    ) -> Result<String, PkiError> {
        let mut params = params(subject, CertificateValidity::Current, self.now);
        if for_tls {
            params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        }
        self.sign(&params, subject, key)
    }

    fn issue(
        &self,
        params: &CertificateParams,
        subject: &CertificateSubject,
        key: &KeyPair,
    ) -> Result<Identity, PkiError> {
        Ok(Identity { certificate: self.sign(params, subject, key)?, key: key.serialize_pem() })
    }

    /// Every certificate has a number of its own, also where two are of one key: revocation goes by it.
    fn sign(
        &self,
        params: &CertificateParams,
        subject: &CertificateSubject,
        key: &impl PublicKeyData,
    ) -> Result<String, PkiError> {
        let error = |cause| PkiError::Issue { subject: subject.common_name.clone(), cause };
        let mut params = params.clone();
        params.serial_number = Some(random_serial()?);
        Ok(params.signed_by(key, &self.issuer).map_err(error)?.pem())
    }
}

/// Sixteen random bytes that stand for a positive number.
fn random_serial() -> Result<SerialNumber, PkiError> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).map_err(|_| PkiError::Random)?;
    bytes[0] = bytes[0] & 0x7F | 0x40;
    Ok(SerialNumber::from(bytes.to_vec()))
}

/// From the Unix epoch until so many days after `now`.
fn since_epoch(now: Timestamp, days: i64) -> Duration {
    let seconds = now.as_second().saturating_add(days * DAY);
    Duration::from_secs(u64::try_from(seconds).unwrap_or_default())
}

/// A name of its own for each authority: a certificate of an earlier run then fails as one of an unknown
/// authority, not as one that was tampered with.
fn name_of(key: &KeyPair) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, key.public_key_raw());
    let start: String = digest.as_ref().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("kantakoe test authority {start}")
}

fn params(subject: &CertificateSubject, validity: CertificateValidity, now: Timestamp) -> CertificateParams {
    let mut params = CertificateParams::default();
    let mut name = rcgen::DistinguishedName::new();
    name.push(DnType::CountryName, "FI");
    name.push(DnType::OrganizationName, subject.organisation.as_str());
    if let Some(number) = &subject.serial_number {
        name.push(DnType::from_oid(&SERIAL_NUMBER), number.as_str());
    }
    name.push(DnType::CommonName, subject.common_name.as_str());
    params.distinguished_name = name;
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.use_authority_key_identifier_extension = true;
    let (from, until) = match validity {
        CertificateValidity::Current => (-1, 365),
        CertificateValidity::Expired => (-10, -1),
        CertificateValidity::NotYet => (365, 730),
    };
    params.not_before = date_time_ymd(1970, 1, 1) + since_epoch(now, from);
    params.not_after = date_time_ymd(1970, 1, 1) + since_epoch(now, until);
    params
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use x509_parser::prelude::{FromDer, X509Certificate};

    use super::{CertificateSubject, CertificateValidity, TestAuthority};
    use crate::pki::TestKey;

    fn subject() -> CertificateSubject {
        CertificateSubject {
            common_name: "Client system".to_owned(),
            organisation: "Näytealue".to_owned(),
            serial_number: Some("1.2.246.10.99999991.10.0".to_owned()),
        }
    }

    #[test]
    fn a_certificate_names_its_subject_and_chains_to_the_authority() {
        let now = Timestamp::from_second(1_795_000_000).expect("time");
        let authority = TestAuthority::new(now).expect("authority");
        let issuer_der = pem_contents(&authority.certificate());
        let (_, issuer) = X509Certificate::from_der(&issuer_der).expect("issuer");
        let client = authority.client(&subject(), CertificateValidity::Current).expect("client");
        let signer = authority.signer(&subject(), TestKey::System, CertificateValidity::Current).expect("signer");
        for identity in [client, signer] {
            let der = identity.certificate_der().expect("der");
            let (_, certificate) = X509Certificate::from_der(&der).expect("certificate");
            certificate.verify_signature(Some(issuer.public_key())).expect("signed by the authority");
            let serial = certificate.subject().iter_by_oid(&x509_parser::oid_registry::OID_X509_SERIALNUMBER).next();
            assert_eq!(serial.and_then(|value| value.as_str().ok()), Some("1.2.246.10.99999991.10.0"));
            let moment = x509_parser::time::ASN1Time::from_timestamp(now.as_second()).expect("moment");
            assert!(certificate.validity().is_valid_at(moment));
        }
    }

    #[test]
    fn an_expired_certificate_is_expired_and_a_foreign_one_foreign() {
        let now = Timestamp::from_second(1_795_000_000).expect("time");
        let (authority, other) = (TestAuthority::new(now).expect("one"), TestAuthority::new(now).expect("other"));
        let der =
            authority.client(&subject(), CertificateValidity::Expired).expect("client").certificate_der().expect("der");
        let (_, certificate) = X509Certificate::from_der(&der).expect("certificate");
        let moment = x509_parser::time::ASN1Time::from_timestamp(now.as_second()).expect("moment");
        assert!(!certificate.validity().is_valid_at(moment));
        let other_der = pem_contents(&other.certificate());
        let (_, issuer) = X509Certificate::from_der(&other_der).expect("issuer");
        assert!(certificate.verify_signature(Some(issuer.public_key())).is_err());
    }

    fn pem_contents(pem: &str) -> Vec<u8> {
        use rustls::pki_types::pem::PemObject;
        rustls::pki_types::CertificateDer::from_pem_slice(pem.as_bytes()).expect("pem").to_vec()
    }
}
