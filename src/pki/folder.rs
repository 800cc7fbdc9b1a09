//! The identities of a run, and the folder that hands them to the vendor's system.

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::lapsed::LAPSED;
use super::{
    CertificateSubject, CertificateValidity, Identity, ImpostorSigner, Impostors, Lapsed, PkiError, TestAuthority,
    TestKey,
};

/// Why a folder of identities could not be written or read.
#[derive(Debug, thiserror::Error)]
#[error("the identities in {path} cannot be used: {cause}")]
pub struct FolderError {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub cause: std::io::Error,
}

/// Subfolder of identities that are wrong on purpose.
const WRONG: &str = "wrong";
/// File of the authority's key in a folder of `kantakoe pki new`.
pub const AUTHORITY_KEY: &str = "ca.key";
/// File of the revocation list.
const LIST: &str = "crl.pem";

/// Every identity of a run with one vendor's system.
#[derive(Debug, Clone)]
pub struct Identities {
    /// Certificate of the authority, PEM: `ca.pem`.
    pub authority: String,
    /// What the authority has revoked, PEM: `crl.pem`, where there is one; else empty.
    pub revoked: String,
    /// The simulated Kanta's TLS server: `server.pem`, `server.key`.
    pub server: Identity,
    /// The system's TLS client: `client.pem`, `client.key`.
    pub client: Identity,
    /// Signer of system signatures and tokens: `system.pem`, `system.key`.
    pub system: Identity,
    /// The professional's signer: `professional.pem`, `professional.key`.
    pub professional: Identity,
    /// Servers that no caller may trust, in the subfolder `wrong`. An older folder has none.
    pub impostors: Option<Impostors>,
    /// System signatures that are no longer valid, in the subfolder `wrong`, where they were made.
    pub lapsed: Option<Lapsed>,
}

impl Identities {
    /// Identities issued by `authority`: a server that also answers as `names`, a client and a system
    /// of the organisation `system`, and the professional.
    ///
    /// # Errors
    /// As those of [`TestAuthority`].
    pub fn issue(
        authority: &TestAuthority,
        names: &[String],
        system: &CertificateSubject,
        professional: &CertificateSubject,
    ) -> Result<Self, PkiError> {
        let other = TestAuthority::new(authority.now())?;
        let signers =
            [("system", system, TestKey::System.pem()), ("professional", professional, TestKey::Professional.pem())];
        Self::issue_with(authority, &other, names, signers)
    }

    /// The same with RSA keys of one's own; `other` is an authority that nobody trusts.
    ///
    /// # Errors
    /// As those of [`TestAuthority`].
    pub fn issue_with(
        authority: &TestAuthority,
        other: &TestAuthority,
        names: &[String],
        [system, professional]: [ImpostorSigner<'_>; 2],
    ) -> Result<Self, PkiError> {
        Ok(Self {
            authority: authority.certificate(),
            revoked: String::new(),
            server: authority.server(names)?,
            client: authority.client(system.1, CertificateValidity::Current)?,
            system: authority.signer_with(system.1, system.2, CertificateValidity::Current)?,
            professional: authority.signer_with(professional.1, professional.2, CertificateValidity::Current)?,
            impostors: Some(Impostors::issue(authority, other, names)?),
            lapsed: None,
        })
    }

    /// The same with system signatures of `system` that are no longer valid.
    ///
    /// # Errors
    /// As those of [`TestAuthority`].
    pub fn with_lapsed(self, authority: &TestAuthority, system: &CertificateSubject) -> Result<Self, PkiError> {
        let lapsed = Lapsed::issue(authority, system)?;
        Ok(Self { revoked: authority.revoke(&[&lapsed.revoked])?, lapsed: Some(lapsed), ..self })
    }

    /// The authority's certificate and what it has revoked, one PEM text.
    pub fn trusted(&self) -> String {
        format!("{}\n{}", self.authority, self.revoked)
    }

    /// Writes all of them into `folder`, which is made where it is not: readable by its owner only.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be made.
    pub fn write_folder(&self, folder: &Path) -> Result<(), FolderError> {
        make_private_folder(folder)?;
        write(&folder.join("ca.pem"), &self.authority)?;
        if !self.revoked.is_empty() {
            write(&folder.join(LIST), &self.revoked)?;
        }
        write_all(folder, &self.named())?;
        let servers = self.impostors.iter().flat_map(Impostors::named);
        let wrong: Vec<_> = servers.chain(self.lapsed.iter().flat_map(Lapsed::named)).collect();
        if wrong.is_empty() {
            return Ok(());
        }
        make_private_folder(&folder.join(WRONG))?;
        write_all(&folder.join(WRONG), &wrong)
    }

    /// The identities that an earlier run wrote into `folder`.
    ///
    /// # Errors
    /// When a file is missing or unreadable.
    pub fn read_folder(folder: &Path) -> Result<Self, FolderError> {
        let identity = |name: &str| read_identity(folder, name);
        let list = folder.join(LIST);
        Ok(Self {
            authority: read(folder.join("ca.pem"))?,
            revoked: if list.exists() { read(list)? } else { String::new() },
            impostors: impostors(&folder.join(WRONG))?,
            lapsed: lapsed(&folder.join(WRONG))?,
            server: identity("server")?,
            client: identity("client")?,
            system: identity("system")?,
            professional: identity("professional")?,
        })
    }

    /// Whether every certificate is valid at `now` and the server answers as each of `names`.
    pub fn fit(&self, names: &[String], now: Timestamp) -> bool {
        let valid = |identity: &Identity| holds(identity, |certificate| is_valid(certificate, now));
        self.named().iter().all(|(_, identity)| valid(identity))
            && holds(&self.server, |certificate| names.iter().all(|name| answers_as(certificate, name)))
    }

    fn named(&self) -> [(&'static str, &Identity); 4] {
        [
            ("server", &self.server),
            ("client", &self.client),
            ("system", &self.system),
            ("professional", &self.professional),
        ]
    }
}

/// Makes `folder`, and what is above it, readable by its owner only. One that is there stays as it is.
///
/// # Errors
/// When it cannot be made.
pub fn make_private_folder(folder: &Path) -> Result<(), FolderError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    private_folder(&mut builder);
    builder.create(folder).map_err(|cause| FolderError { path: folder.to_owned(), cause })
}

/// Writes the file `path`, readable by its owner only. One that is there stays as it is.
///
/// # Errors
/// When it is there, or cannot be made.
pub fn write_new(path: &Path, text: &str) -> Result<(), FolderError> {
    let mut options = OpenOptions::new();
    options.create_new(true);
    write_with(options, path, text)
}

fn write_all(folder: &Path, named: &[(&'static str, &Identity)]) -> Result<(), FolderError> {
    for (name, identity) in named {
        write(&folder.join(format!("{name}.pem")), &identity.certificate)?;
        write(&folder.join(format!("{name}.key")), &identity.key)?;
    }
    Ok(())
}

fn read(path: PathBuf) -> Result<String, FolderError> {
    std::fs::read_to_string(&path).map_err(|cause| FolderError { path, cause })
}

fn read_identity(folder: &Path, name: &str) -> Result<Identity, FolderError> {
    let part = |ending: &str| read(folder.join(format!("{name}.{ending}")));
    Ok(Identity { certificate: part("pem")?, key: part("key")? })
}

fn impostors(folder: &Path) -> Result<Option<Impostors>, FolderError> {
    if !folder.is_dir() {
        return Ok(None);
    }
    Ok(Some(Impostors {
        expired: read_identity(folder, "expired-server")?,
        foreign: read_identity(folder, "foreign-server")?,
        wrong_name: read_identity(folder, "wrong-name-server")?,
    }))
}

fn lapsed(folder: &Path) -> Result<Option<Lapsed>, FolderError> {
    if !folder.join("expired-system.pem").is_file() {
        return Ok(None);
    }
    let [expired, revoked] = LAPSED.map(|name| read_identity(folder, name));
    Ok(Some(Lapsed { expired: expired?, revoked: revoked? }))
}

fn holds(identity: &Identity, condition: impl Fn(&X509Certificate<'_>) -> bool) -> bool {
    let Ok(der) = identity.certificate_der() else { return false };
    X509Certificate::from_der(&der).is_ok_and(|(_, certificate)| condition(&certificate))
}

fn is_valid(certificate: &X509Certificate<'_>, now: Timestamp) -> bool {
    let validity = certificate.validity();
    (validity.not_before.timestamp()..=validity.not_after.timestamp()).contains(&now.as_second())
}

fn answers_as(certificate: &X509Certificate<'_>, name: &str) -> bool {
    let address: Option<IpAddr> = name.parse().ok();
    let fits = |general: &GeneralName<'_>| match (general, address) {
        (GeneralName::DNSName(dns), None) => dns.eq_ignore_ascii_case(name),
        (GeneralName::IPAddress(bytes), Some(IpAddr::V4(address))) => *bytes == address.octets().as_slice(),
        (GeneralName::IPAddress(bytes), Some(IpAddr::V6(address))) => *bytes == address.octets().as_slice(),
        _ => false,
    };
    let names = certificate.subject_alternative_name().ok().flatten();
    names.is_some_and(|names| names.value.general_names.iter().any(fits))
}

fn write(path: &Path, text: &str) -> Result<(), FolderError> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(true);
    write_with(options, path, text)
}

fn write_with(mut options: OpenOptions, path: &Path, text: &str) -> Result<(), FolderError> {
    let error = |cause| FolderError { path: path.to_owned(), cause };
    options.write(true);
    private_file(&mut options);
    options.open(path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(error)
}

#[cfg(unix)]
fn private_folder(builder: &mut DirBuilder) {
    use std::os::unix::fs::DirBuilderExt;
    builder.mode(0o700);
}

#[cfg(not(unix))]
fn private_folder(_: &mut DirBuilder) {}

#[cfg(unix)]
fn private_file(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn private_file(_: &mut OpenOptions) {}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::Identities;
    use crate::pki::{CertificateSubject, TestAuthority};

    fn identities(now: Timestamp) -> Identities {
        let authority = TestAuthority::new(now).expect("authority");
        let subject = |name: &str| CertificateSubject {
            common_name: name.to_owned(),
            organisation: "Näytealue".to_owned(),
            serial_number: Some("1.2.246.10.99999991.10.0".to_owned()),
        };
        let names = ["kanta.example".to_owned()];
        Identities::issue(&authority, &names, &subject("system"), &subject("professional")).expect("issue")
    }

    #[test]
    fn a_folder_reads_back_and_is_private() {
        let made = identities(now());
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("identities");
        made.write_folder(&path).expect("write");
        let read = Identities::read_folder(&path).expect("read");
        assert_eq!((read.authority, read.client.key), (made.authority, made.client.key));
        assert!(read.impostors.is_some() && read.revoked.is_empty());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &std::path::Path| std::fs::metadata(path).expect("metadata").permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(&path.join("system.key"))), (0o700, 0o600));
        }
    }

    #[test]
    fn identities_fit_their_time_and_names() {
        let made = identities(now());
        let name = |name: &str| vec![name.to_owned()];
        for own in ["kanta.example", "localhost", "127.0.0.1", "::1"] {
            assert!(made.fit(&name(own), now()), "{own}");
        }
        assert!(!made.fit(&name("other.example"), now()));
        let later = Timestamp::from_second(now().as_second() + 366 * 24 * 60 * 60).expect("time");
        assert!(!made.fit(&[], later));
    }

    fn now() -> Timestamp {
        Timestamp::from_second(1_795_000_000).expect("time")
    }
}
