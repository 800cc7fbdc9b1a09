//! What a simulated Kanta is started with, and why it cannot start.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use super::service::Service;
use super::{ArchiveError, Bounds, Clock, LaneSettings, Tls, TlsError};
use crate::evidence::Journal;
use crate::profile::Profile;
use crate::rule::{Catalogue, Strictness};
use crate::schema::DocumentSchemas;
use crate::wire::trust::TrustAnchors;

/// What a simulated Kanta is started with.
#[derive(Clone)]
pub struct Settings {
    /// Where it listens; port 0 lets the system choose one.
    pub bind: SocketAddr,
    /// Host name that vendors call it by, for its URLs. It must stand in its certificate.
    pub host: String,
    /// How connections are secured.
    pub tls: Tls,
    /// What one caller may take.
    pub bounds: Bounds,
    /// What the specification says.
    pub profile: Arc<Profile>,
    /// Requirements and kinds of findings.
    pub catalogue: Arc<Catalogue>,
    /// How rules count that no published source backs: with `Fail`, a broken one is refused. A message is never
    /// refused for a recommendation.
    pub strictness: Strictness,
    /// Schemas of structured forms.
    pub schemas: DocumentSchemas,
    /// Authorities of those who sign documents and notices.
    pub trust: TrustAnchors,
    pub journal: Arc<Journal>,
    /// Keep the exchanges in memory too, for [`super::RunningKanta::exchanges_since`].
    pub keep_exchanges: bool,
    /// The services that it offers, and maybe others.
    pub services: Vec<Arc<dyn Service>>,
    /// The archivist's service: controllers, each with another whose register it answers for too. `None`
    /// serves no archivists.
    pub answerable: Option<Vec<(String, String)>>,
    /// Folder in which the archive outlives the process; without it, it ends with the process.
    pub state: Option<PathBuf>,
    /// Archives beside the main one.
    pub lanes: LaneSettings,
    pub clock: Clock,
}

/// Why the simulated Kanta could not start or go on.
#[derive(Debug, thiserror::Error)]
pub enum KantaError {
    /// The address cannot be listened at.
    #[error("cannot listen at {address}: {cause}")]
    Bind {
        address: SocketAddr,
        /// What the system said.
        cause: std::io::Error,
    },
    /// TLS cannot be set up.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The archive cannot be opened or used.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// A lane's name cannot stand in its address.
    #[error("no lane can be called {0:?}")]
    LaneName(String),
    /// A planted document lacks what the archive needs.
    #[error("the planted document {id} cannot be kept: {problem}")]
    Planted {
        id: String,
        /// What is wrong with it.
        problem: String,
    },
}
