//! A simulated Kanta with everything that it needs in one folder: identities, evidence and archive
//! outlive the process.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Bounds, Clock, Kanta, KantaError, LaneSettings, RunningKanta, Settings, Tls, services};
use crate::evidence::{Journal, JournalError};
use crate::pki::{
    AUTHORITY_KEY, CertificateSubject, FolderError, Identities, PkiError, TestAuthority, make_private_folder,
};
use crate::profile::Profile;
use crate::rule::{Catalogue, Strictness};
use crate::schema::DocumentSchemas;
use crate::wire::trust::{TrustAnchors, TrustError};

/// What a simulated Kanta is started with when no run stands around it.
#[derive(Clone)]
pub struct AloneSettings {
    pub bind: SocketAddr,
    /// Host name that vendors call it by.
    pub host: String,
    /// Mutual TLS; plain HTTP without.
    pub tls: bool,
    /// Folder of identities (`identities`), evidence (`journal`) and archive (`archive.sqlite`). It is
    /// made where it is not, and what is in it is gone on with.
    pub folder: PathBuf,
    /// Certificates of more authorities to trust, for callers and for signers, PEM.
    pub trust: Vec<u8>,
    /// Whom the certificates of the vendor's system name.
    pub system: CertificateSubject,
    /// Whom the professional's certificate names.
    pub professional: CertificateSubject,
    /// What the specification says.
    pub profile: Arc<Profile>,
    /// Requirements and kinds of findings.
    pub catalogue: Arc<Catalogue>,
    /// How rules count that no published source backs.
    pub strictness: Strictness,
    /// Controllers, each with another whose register its archivists may see too.
    pub answerable: Vec<(String, String)>,
    /// Schemas of structured forms.
    pub schemas: DocumentSchemas,
    /// Archives beside the main one, in the folder `lanes`.
    pub lanes: LaneSettings,
    pub clock: Clock,
}

/// Why a simulated Kanta could not start on its own.
#[derive(Debug, thiserror::Error)]
pub enum AloneError {
    /// The identities cannot be made.
    #[error(transparent)]
    Pki(#[from] PkiError),
    /// The folder or the identities in it cannot be written.
    #[error(transparent)]
    Identities(#[from] FolderError),
    /// Identities that somebody made for this folder do not fit, and are not replaced.
    #[error("the identities in {folder} have expired, or their server does not answer as {host}")]
    Unfit {
        folder: PathBuf,
        /// The name by which vendors call it.
        host: String,
    },
    /// The authorities to trust cannot be read.
    #[error("the authorities to trust cannot be used: {0}")]
    Trust(#[from] TrustError),
    /// The evidence cannot be gone on with.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The service itself cannot start.
    #[error(transparent)]
    Kanta(#[from] KantaError),
}

impl Kanta {
    /// Starts a simulated Kanta on its own and tells where its identities are.
    ///
    /// # Errors
    /// Whatever keeps it from starting, with the file concerned.
    pub async fn start_alone(settings: AloneSettings) -> Result<(RunningKanta, PathBuf), AloneError> {
        let folder = settings.folder.clone();
        make_private_folder(&folder)?;
        let path = folder.join("identities");
        let identities = identities(&settings, &path)?;
        let mut trusted = identities.trusted().into_bytes();
        trusted.extend_from_slice(&settings.trust);
        let trust = TrustAnchors::from_pem(&trusted)?;
        let tls = if settings.tls { Tls::mutual(&identities, &trust) } else { Tls::Off };
        let kanta = Self::start(Settings {
            bind: settings.bind,
            host: settings.host,
            tls,
            bounds: Bounds::default(),
            profile: settings.profile,
            catalogue: settings.catalogue,
            strictness: settings.strictness,
            schemas: settings.schemas,
            trust,
            journal: Arc::new(Journal::resume(&folder.join("journal"), None)?),
            keep_exchanges: false,
            services: services(),
            answerable: Some(settings.answerable),
            state: Some(folder),
            lanes: settings.lanes,
            clock: settings.clock,
        });
        Ok((kanta.await?, path))
    }
}

/// The identities in `folder` while they fit, else new ones. Those that came with the key of their
/// authority (`kantakoe pki new`) are never replaced.
fn identities(settings: &AloneSettings, folder: &Path) -> Result<Identities, AloneError> {
    let (names, now) = ([settings.host.clone()], settings.clock.now());
    if let Ok(kept) = Identities::read_folder(folder)
        && kept.fit(&names, now)
    {
        return Ok(kept);
    }
    if folder.join(AUTHORITY_KEY).exists() {
        return Err(AloneError::Unfit { folder: folder.to_owned(), host: settings.host.clone() });
    }
    let authority = TestAuthority::new(now)?;
    let issued = Identities::issue(&authority, &names, &settings.system, &settings.professional)?;
    issued.write_folder(folder)?;
    Ok(issued)
}
