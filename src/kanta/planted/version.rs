//! What a planted document makes happen, for the endpoint that holds it and for the judge that has to know of it.

use super::PlantedDocument;
use crate::kanta::KantaError;
use crate::profile::Profile;
use crate::reading::digest;
use crate::rule::facts::document_version;
use crate::state::{DocumentVersion, Fact};
use crate::wire::cda::{ClinicalDocument, read_document};

/// A planted document as the archive takes it in.
pub(in crate::kanta) struct PlantedVersion {
    pub document: ClinicalDocument,
    pub version: DocumentVersion,
    /// [`digest`] of its text.
    pub digest: String,
}

impl PlantedDocument {
    /// The fact that it is in the archive.
    ///
    /// # Errors
    /// `Planted` when it lacks what the archive needs.
    pub fn fact(&self, profile: &Profile) -> Result<Fact, KantaError> {
        Ok(Fact::Stored(self.version(profile)?.version))
    }

    pub(in crate::kanta) fn version(&self, profile: &Profile) -> Result<PlantedVersion, KantaError> {
        let problem = |problem: String| KantaError::Planted { id: self.id.clone(), problem };
        let text = self.write(profile).map_err(|error| problem(error.to_string()))?;
        let document = read_document(text.as_bytes(), &profile.limits.reading());
        let document = document.map_err(|error| problem(error.to_string()))?;
        let digest = digest(document.text.as_bytes());
        let version = document_version(&document, profile, &digest, self.nullified);
        let version = version.map_err(|missing| problem(missing.to_string()))?;
        Ok(PlantedVersion { document, version, digest })
    }
}
