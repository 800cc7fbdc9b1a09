//! What every exchange needs, shared between connections.

use std::sync::Arc;

use super::archive::{Archive, ArchiveError};
use super::fault::FaultPlans;
use super::open_queries::OpenQueries;
use super::recorder::Recorder;
use super::{Bounds, Clock};
use crate::domain::Code;
use crate::profile::Profile;
use crate::rule::{Catalogue, Strictness};
use crate::schema::DocumentSchemas;
use crate::wire::hl7::InstanceId;
use crate::wire::trust::TrustAnchors;
use crate::wire::xml::ReadLimits;

/// The simulated Kanta without its sockets.
pub struct Core {
    pub(super) profile: Arc<Profile>,
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) strictness: Strictness,
    pub(super) schemas: DocumentSchemas,
    pub(super) trust: TrustAnchors,
    pub(super) clock: Clock,
    pub(super) bounds: Bounds,
    pub(super) limits: ReadLimits,
    pub(super) archive: Archive,
    pub(super) faults: FaultPlans,
    pub(super) open_queries: OpenQueries,
    pub(super) recorder: Recorder,
    /// Controllers, each with another whose register it answers for; `None` where no archivists are served.
    pub(super) answerable: Option<Vec<(String, String)>>,
    /// Scheme, host and port by which callers reach it.
    pub(super) root: String,
    /// Addresses of the FHIR root: the audience of tokens.
    pub(super) audience: Vec<String>,
}

impl Core {
    /// URL of the archive's SOAP service.
    pub(super) fn archive_url(&self) -> String {
        format!("{}/archive", self.root)
    }

    /// The national error code with this meaning and its display text.
    pub(super) fn error_code(&self, meaning: &str) -> Option<(Code, String)> {
        let row = self.profile.error(meaning)?;
        Some((Code::new(row.code.as_str(), self.profile.oid("error")), row.display.clone()))
    }

    /// Removes what the log of disclosures has kept for its time.
    pub(super) fn expire_disclosures(&self) -> Result<(), ArchiveError> {
        self.archive.expire_disclosures(self.clock.now(), self.profile.disclosure_log.retention_years)
    }

    /// Identifier of the answer in exchange `number`.
    pub(super) fn answer_id(&self, number: u64) -> InstanceId {
        InstanceId { root: self.profile.party.receiver.clone(), extension: number.to_string() }
    }
}
