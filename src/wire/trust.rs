//! Whom the harness trusts to sign: certificates against the authorities of the configuration, and against
//! the lists of what these have revoked.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use x509_parser::oid_registry::OID_X509_SERIALNUMBER;
use x509_parser::pem::Pem;
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::revocation_list::CertificateRevocationList;

use crate::words::{Said, said};

/// Certificates that are remembered; a system signs with a few.
const MOST_REMEMBERED: usize = 64;

/// Label of a revocation list in a PEM file.
const LIST: &str = "X509 CRL";

/// Certificates of the authorities whose issued certificates count.
#[derive(Debug, Clone, Default)]
pub struct TrustAnchors {
    roots: Vec<Vec<u8>>,
    /// Revocation lists of these authorities, DER.
    lists: Vec<Vec<u8>>,
    /// What they say about certificates already seen, by SHA-256. Clones share it.
    remembered: Arc<Mutex<HashMap<Vec<u8>, ChainIssue>>>,
}

/// What the authorities say about a certificate, whatever the time.
#[derive(Debug, Clone, Copy)]
struct ChainIssue {
    is_ours: bool,
    /// First and last second of its validity, in seconds of the Unix epoch.
    validity: (i64, i64),
    /// From when on it is revoked, where it is.
    revoked: Option<i64>,
}

impl ChainIssue {
    fn is_in_time(&self, at: Timestamp) -> bool {
        (self.validity.0..=self.validity.1).contains(&at.as_second())
    }

    /// The outcome at a moment, given that an authority vouches for the certificate.
    fn at(&self, at: Timestamp) -> TrustOutcome {
        let (from, until) = self.validity;
        match at.as_second() {
            second if second < from => TrustOutcome::NotYetValid,
            second if second > until => TrustOutcome::Expired,
            second if self.revoked.is_some_and(|from| second >= from) => TrustOutcome::Revoked,
            _ => TrustOutcome::Trusted,
        }
    }
}

/// Why a file of authorities cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// A block is no PEM.
    #[error("block {number} is no PEM: {what}")]
    NotPem {
        /// Number of the block, from 1.
        number: usize,
        what: String,
    },
    /// A block holds no X.509 certificate.
    #[error("block {number} holds no X.509 certificate: {what}")]
    NotCertificate {
        /// Number of the block, from 1.
        number: usize,
        what: String,
    },
    /// A revocation list that none of the authorities in the file signed.
    #[error("block {number} is no revocation list of an authority in the file: {what}")]
    NotList {
        /// Number of the block, from 1.
        number: usize,
        what: String,
    },
}

/// What the authorities say about a certificate at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrustOutcome {
    /// Issued by one of them and valid.
    Trusted,
    /// Issued by one of them, valid only later.
    NotYetValid,
    /// Issued by one of them, no longer valid.
    Expired,
    /// Issued by one of them, and revoked by it.
    Revoked,
    /// None of them issued it.
    UnknownIssuer,
    /// There are no authorities to ask.
    NoAnchors,
    /// No X.509 certificate: the fragment says why.
    Unreadable(String),
}

impl TrustAnchors {
    /// Authorities by their certificates in DER. What is no certificate issues nothing.
    pub fn new(roots: Vec<Vec<u8>>) -> Self {
        Self { roots, lists: Vec::new(), remembered: Arc::default() }
    }

    /// Their certificates, DER.
    pub fn roots(&self) -> impl Iterator<Item = &[u8]> {
        self.roots.iter().map(Vec::as_slice)
    }

    /// Their revocation lists, DER.
    pub fn lists(&self) -> impl Iterator<Item = &[u8]> {
        self.lists.iter().map(Vec::as_slice)
    }

    /// The authorities of a PEM file, and the revocation lists (`X509 CRL`) in it.
    ///
    /// # Errors
    /// The first block that is no PEM or no certificate; then the first list that none of the authorities
    /// signed.
    pub fn from_pem(pem: &[u8]) -> Result<Self, TrustError> {
        let (mut roots, mut lists) = (Vec::new(), Vec::new());
        for (index, block) in Pem::iter_from_buffer(pem).enumerate() {
            let number = index + 1;
            let block = block.map_err(|error| TrustError::NotPem { number, what: error.to_string() })?;
            if block.label == LIST {
                lists.push((number, block.contents));
            } else {
                read(&block.contents).map_err(|what| TrustError::NotCertificate { number, what })?;
                roots.push(block.contents);
            }
        }
        for (number, list) in &lists {
            signed_list(&roots, list).map_err(|what| TrustError::NotList { number: *number, what })?;
        }
        Ok(Self { lists: lists.into_iter().map(|(_, list)| list).collect(), ..Self::new(roots) })
    }

    /// Whether one of the authorities issued the certificate `leaf_der` itself, and it is valid at `at`.
    /// The issuer's name and signature must both fit.
    pub fn judge(&self, leaf_der: &[u8], at: Timestamp) -> TrustOutcome {
        self.judge_chain(leaf_der, &[], at)
    }

    /// [`TrustAnchors::judge`], where the way from the certificate to an authority may lead over `others`, which
    /// came with it: each of these an authority's, valid at `at`, and used once.
    pub fn judge_chain(&self, leaf_der: &[u8], others: &[Vec<u8>], at: Timestamp) -> TrustOutcome {
        let issue = match self.issue(leaf_der) {
            Ok(issue) => issue,
            Err(what) => return TrustOutcome::Unreadable(what),
        };
        if self.roots.is_empty() {
            return TrustOutcome::NoAnchors;
        }
        let way = if issue.is_ours { TrustOutcome::Trusted } else { self.way(leaf_der, others, at) };
        if way == TrustOutcome::Trusted { issue.at(at) } else { way }
    }

    /// What the authorities say about the certificates between them and the leaf, level by level, so that each is
    /// looked at once however they name each other.
    fn way(&self, leaf_der: &[u8], others: &[Vec<u8>], at: Timestamp) -> TrustOutcome {
        let mut outcome = TrustOutcome::UnknownIssuer;
        let (mut level, mut left) = (vec![leaf_der], others.iter().map(Vec::as_slice).collect::<Vec<_>>());
        for below in 0_u32.. {
            let vouches = |other: &&[u8]| level.iter().any(|one| is_authority_of(other, one, below));
            let (issuers, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(vouches);
            for issuer in &issuers {
                match self.judge(issuer, at) {
                    TrustOutcome::Trusted => return TrustOutcome::Trusted,
                    TrustOutcome::UnknownIssuer => {}
                    other => outcome = other,
                }
            }
            level = issuers.into_iter().filter(|one| self.issue(one).is_ok_and(|issue| issue.is_in_time(at))).collect();
            left = rest;
            if level.is_empty() {
                break;
            }
        }
        outcome
    }

    /// Looks at the certificate once; later by its digest.
    fn issue(&self, leaf_der: &[u8]) -> Result<ChainIssue, String> {
        let key = digest(&SHA256, leaf_der).as_ref().to_vec();
        let known = self.remembered.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
        if let Some(issue) = known {
            return Ok(issue);
        }
        let leaf = read(leaf_der)?;
        let validity = leaf.validity();
        let issue = ChainIssue {
            is_ours: self.roots.iter().any(|root| issued(root, &leaf)),
            validity: (validity.not_before.timestamp(), validity.not_after.timestamp()),
            revoked: self.lists.iter().find_map(|list| revoked_from(list, &leaf)),
        };
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= MOST_REMEMBERED {
            remembered.clear();
        }
        remembered.insert(key, issue);
        Ok(issue)
    }
}

impl TrustOutcome {
    /// The same, to be told in any language.
    pub fn said(&self) -> Said {
        match self {
            Self::Trusted => said::a_valid_certificate_of_a_trusted_authority(),
            Self::NotYetValid => said::a_certificate_that_is_not_yet_valid(),
            Self::Expired => said::a_certificate_that_has_expired(),
            Self::Revoked => said::a_certificate_that_its_authority_has_revoked(),
            Self::UnknownIssuer => said::a_certificate_that_no_trusted_authority_issued(),
            Self::NoAnchors => said::no_trusted_authority_is_configured(),
            Self::Unreadable(what) => said::no_x_509_certificate(what),
        }
    }
}

/// In English.
impl fmt::Display for TrustOutcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(out)
    }
}

/// The `serialNumber` attribute of the subject: an organisation's OID or a professional's number.
pub fn subject_serial_number(der: &[u8]) -> Option<String> {
    let certificate = read(der).ok()?;
    let attribute = certificate.subject().iter_by_oid(&OID_X509_SERIALNUMBER).next()?;
    attribute.as_str().ok().map(str::to_owned)
}

/// The common name of the subject.
pub fn common_name(der: &[u8]) -> Option<String> {
    let certificate = read(der).ok()?;
    certificate.subject().iter_common_name().next()?.as_str().ok().map(str::to_owned)
}

/// The subject in one line, `CN=…, O=…`.
pub fn subject(der: &[u8]) -> Option<String> {
    read(der).ok().map(|certificate| certificate.subject().to_string())
}

fn read(der: &[u8]) -> Result<X509Certificate<'_>, String> {
    match X509Certificate::from_der(der) {
        Ok(([], certificate)) => Ok(certificate),
        Ok((rest, _)) => Err(format!("{} bytes stand after it", rest.len())),
        Err(error) => Err(error.to_string()),
    }
}

fn issued(root_der: &[u8], leaf: &X509Certificate<'_>) -> bool {
    read(root_der).is_ok_and(|root| {
        root.subject().as_raw() == leaf.issuer().as_raw() && leaf.verify_signature(Some(root.public_key())).is_ok()
    })
}

/// Whether `issuer_der` issued `leaf_der`, and may issue certificates with so many more between it and the last.
fn is_authority_of(issuer_der: &[u8], leaf_der: &[u8], below: u32) -> bool {
    let (Ok(issuer), Ok(leaf)) = (read(issuer_der), read(leaf_der)) else { return false };
    let constraints = issuer.basic_constraints().ok().flatten().map(|extension| extension.value);
    let reaches = |longest: Option<u32>| longest.is_none_or(|longest| below <= longest);
    let is_authority = constraints.is_some_and(|value| value.ca && reaches(value.path_len_constraint));
    let signs = issuer.key_usage().is_ok_and(|usage| usage.is_none_or(|usage| usage.value.key_cert_sign()));
    is_authority && signs && issued(issuer_der, &leaf)
}

/// Whether one of `roots` signed the revocation list.
fn signed_list(roots: &[Vec<u8>], list_der: &[u8]) -> Result<(), String> {
    let (_, list) = CertificateRevocationList::from_der(list_der).map_err(|error| error.to_string())?;
    let signed = |root_der: &Vec<u8>| {
        read(root_der).is_ok_and(|root| {
            root.subject().as_raw() == list.issuer().as_raw() && list.verify_signature(root.public_key()).is_ok()
        })
    };
    if roots.iter().any(signed) { Ok(()) } else { Err("no authority signed it".to_owned()) }
}

/// From when on the list says that the certificate is revoked.
fn revoked_from(list_der: &[u8], leaf: &X509Certificate<'_>) -> Option<i64> {
    let (_, list) = CertificateRevocationList::from_der(list_der).ok()?;
    let of_issuer = list.issuer().as_raw() == leaf.issuer().as_raw();
    let mut rows = list.iter_revoked_certificates().filter(|_| of_issuer);
    let row = rows.find(|row| row.user_certificate == leaf.tbs_certificate.serial)?;
    Some(row.revocation_date.timestamp())
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};
    use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

    use super::{MOST_REMEMBERED, TrustAnchors, TrustError, TrustOutcome, common_name, subject, subject_serial_number};

    const NOON: Timestamp = Timestamp::constant(1_795_159_050, 0);

    fn authority(name: &str) -> (Vec<u8>, Issuer<'static, KeyPair>) {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("key");
        let der = params.self_signed(&key).expect("authority").der().to_vec();
        (der, Issuer::new(params, key))
    }

    fn leaf(issuer: &Issuer<'static, KeyPair>) -> Vec<u8> {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "Näytejärjestelmä");
        params.distinguished_name.push(DnType::CustomDnType(vec![2, 5, 4, 5]), "1.2.246.10.99999991.10.0");
        params.not_before = rcgen::date_time_ymd(2026, 11, 1);
        params.not_after = rcgen::date_time_ymd(2026, 12, 1);
        params.signed_by(&KeyPair::generate().expect("key"), issuer).expect("leaf").der().to_vec()
    }

    #[test]
    fn only_the_issuer_vouches_and_only_in_time() {
        let (root, issuer) = authority("One");
        let (twin, _) = authority("One");
        let der = leaf(&issuer);
        let anchors = TrustAnchors::new(vec![twin.clone(), root]);
        assert_eq!(anchors.judge(&der, NOON), TrustOutcome::Trusted);
        assert_eq!(anchors.judge(&der, NOON), TrustOutcome::Trusted, "a remembered certificate is judged alike");
        let month = SignedDuration::from_hours(24 * 31);
        assert_eq!(anchors.judge(&der, NOON + month), TrustOutcome::Expired);
        assert_eq!(anchors.judge(&der, NOON - month), TrustOutcome::NotYetValid);
        assert_eq!(TrustAnchors::new(vec![twin]).judge(&der, NOON), TrustOutcome::UnknownIssuer);
        assert_eq!(TrustAnchors::default().judge(&der, NOON), TrustOutcome::NoAnchors);
        assert!(matches!(anchors.judge(&der[1..], NOON), TrustOutcome::Unreadable(_)));
    }

    #[test]
    fn a_revoked_certificate_is_trusted_until_it_was_revoked() {
        use x509_parser::prelude::FromDer;
        let (root, issuer) = authority("One");
        let der = leaf(&issuer);
        let (_, certificate) = super::X509Certificate::from_der(&der).expect("certificate");
        let serial_number: rcgen::SerialNumber = certificate.tbs_certificate.raw_serial().to_vec().into();
        let list = |issuer: &Issuer<'static, KeyPair>| {
            let revoked = rcgen::RevokedCertParams {
                serial_number: serial_number.clone(),
                revocation_time: rcgen::date_time_ymd(2026, 11, 20),
                reason_code: None,
                invalidity_date: None,
            };
            let params = rcgen::CertificateRevocationListParams {
                this_update: rcgen::date_time_ymd(2026, 11, 20),
                next_update: rcgen::date_time_ymd(2026, 12, 20),
                crl_number: 1_u64.into(),
                issuing_distribution_point: None,
                revoked_certs: vec![revoked],
                key_identifier_method: rcgen::KeyIdMethod::Sha256,
            };
            params.signed_by(issuer).expect("list").pem().expect("PEM")
        };
        let root_pem = pem(&root);
        let file = format!("{root_pem}{}", list(&issuer));
        let anchors = TrustAnchors::from_pem(file.as_bytes()).expect("read");
        assert_eq!((anchors.roots().count(), anchors.lists().count()), (1, 1));
        assert_eq!(anchors.judge(&der, NOON), TrustOutcome::Revoked);
        let week = SignedDuration::from_hours(24 * 7);
        assert_eq!(anchors.judge(&der, NOON - week), TrustOutcome::Trusted);
        assert_eq!(anchors.judge(&leaf(&issuer), NOON), TrustOutcome::Trusted);
        let (_, twin) = authority("One");
        let file = format!("{root_pem}{}", list(&twin));
        assert!(matches!(TrustAnchors::from_pem(file.as_bytes()), Err(TrustError::NotList { number: 2, .. })));
    }

    fn pem(der: &[u8]) -> String {
        use base64::Engine;
        let text = base64::engine::general_purpose::STANDARD.encode(der);
        format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
    }

    /// An authority below another, for so many authorities below it.
    fn below(issuer: &Issuer<'static, KeyPair>, name: &str, is_ca: IsCa) -> (Vec<u8>, Issuer<'static, KeyPair>) {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = is_ca;
        params.not_before = rcgen::date_time_ymd(2026, 11, 10);
        params.not_after = rcgen::date_time_ymd(2026, 11, 29);
        let key = KeyPair::generate().expect("key");
        let der = params.signed_by(&key, issuer).expect("intermediate").der().to_vec();
        (der, Issuer::new(params, key))
    }

    #[test]
    fn a_chain_leads_over_the_certificates_that_came_with_it() {
        let (root, issuer) = authority("Root");
        let unconstrained = || IsCa::Ca(BasicConstraints::Unconstrained);
        let (upper, upper_issuer) = below(&issuer, "Upper", unconstrained());
        let (lower, lower_issuer) = below(&upper_issuer, "Lower", unconstrained());
        let (stranger, _) = below(&issuer, "Stranger", unconstrained());
        let der = leaf(&lower_issuer);
        let anchors = TrustAnchors::new(vec![root]);
        let judge = |others: &[&Vec<u8>], at| {
            let others: Vec<Vec<u8>> = others.iter().map(|der| (*der).clone()).collect();
            anchors.judge_chain(&der, &others, at)
        };
        assert_eq!(judge(&[&lower, &stranger, &upper], NOON), TrustOutcome::Trusted, "in whatever order");
        assert_eq!(judge(&[&lower], NOON), TrustOutcome::UnknownIssuer);
        assert_eq!(judge(&[&upper, &stranger], NOON), TrustOutcome::UnknownIssuer);
        let long_before = NOON - SignedDuration::from_hours(24 * 17);
        assert_eq!(
            judge(&[&lower, &upper], long_before),
            TrustOutcome::UnknownIssuer,
            "the lower one was not yet valid"
        );
        let long_after = NOON + SignedDuration::from_hours(24 * 15);
        let under_upper = leaf(&upper_issuer);
        assert_eq!(anchors.judge_chain(&under_upper, &[upper], long_after), TrustOutcome::Expired);
    }

    #[test]
    fn only_an_authority_vouches_and_only_so_deep() {
        let (root, issuer) = authority("Root");
        let anchors = TrustAnchors::new(vec![root]);
        let (none, none_issuer) = below(&issuer, "None", IsCa::ExplicitNoCa);
        assert_eq!(anchors.judge_chain(&leaf(&none_issuer), &[none], NOON), TrustOutcome::UnknownIssuer);
        let (shallow, shallow_issuer) = below(&issuer, "Shallow", IsCa::Ca(BasicConstraints::Constrained(0)));
        let (deep, deep_issuer) = below(&shallow_issuer, "Deep", IsCa::Ca(BasicConstraints::Unconstrained));
        assert_eq!(
            anchors.judge_chain(&leaf(&shallow_issuer), std::slice::from_ref(&shallow), NOON),
            TrustOutcome::Trusted
        );
        assert_eq!(anchors.judge_chain(&leaf(&deep_issuer), &[deep, shallow], NOON), TrustOutcome::UnknownIssuer);
    }

    #[test]
    fn certificates_that_name_each_other_come_to_an_end() {
        let (root, _) = authority("Root");
        let twins: Vec<_> = (0..8).map(|_| authority("Twin")).collect();
        let others: Vec<Vec<u8>> = twins.iter().map(|(der, _)| der.clone()).collect();
        let der = leaf(&twins[0].1);
        assert_eq!(TrustAnchors::new(vec![root]).judge_chain(&der, &others, NOON), TrustOutcome::UnknownIssuer);
    }

    #[test]
    fn few_certificates_are_remembered() {
        let (root, issuer) = authority("One");
        let anchors = TrustAnchors::new(vec![root]);
        for _ in 0..=MOST_REMEMBERED {
            assert_eq!(anchors.judge(&leaf(&issuer), NOON), TrustOutcome::Trusted);
        }
        assert_eq!(anchors.remembered.lock().expect("lock").len(), 1);
    }

    #[test]
    fn the_subject_is_told() {
        let (_, issuer) = authority("One");
        let der = leaf(&issuer);
        assert_eq!(common_name(&der).as_deref(), Some("Näytejärjestelmä"));
        assert_eq!(subject_serial_number(&der).as_deref(), Some("1.2.246.10.99999991.10.0"));
        assert!(subject(&der).is_some_and(|line| line.contains("CN=Näytejärjestelmä")));
        assert_eq!(subject(b"no certificate"), None);
    }

    #[test]
    fn a_pem_file_is_read_block_by_block() {
        let key = KeyPair::generate().expect("key");
        let pem = CertificateParams::default().self_signed(&key).expect("authority").pem();
        let anchors = TrustAnchors::from_pem(format!("{pem}\n{pem}").as_bytes()).expect("read");
        assert_eq!(anchors.roots.len(), 2);
        let broken = format!("{pem}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assert!(matches!(TrustAnchors::from_pem(broken.as_bytes()), Err(TrustError::NotCertificate { number: 2, .. })));
    }
}
