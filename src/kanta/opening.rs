//! Opens the archive that a simulated Kanta, or a lane of one, works on.

use super::archive::Archive;
use super::core::Core;
use super::fault::FaultPlans;
use super::open_queries::OpenQueries;
use super::recorder::Recorder;
use super::settings::{KantaError, Settings};
use crate::wire::xml::ReadLimits;

/// A core with the archive of `settings`, whose exchanges `recorder` writes down, reached at `root`.
///
/// # Errors
/// `Archive` when that cannot be opened.
pub(super) fn open(
    settings: Settings,
    recorder: Recorder,
    root: String,
    audience: Vec<String>,
) -> Result<Core, KantaError> {
    let file = settings.state.map(|folder| folder.join("archive.sqlite"));
    let limits = settings.profile.limits;
    Ok(Core {
        archive: Archive::open(file.as_deref())?,
        faults: FaultPlans::default(),
        open_queries: OpenQueries::default(),
        recorder,
        answerable: settings.answerable,
        profile: settings.profile,
        catalogue: settings.catalogue,
        strictness: settings.strictness.without_recommended(),
        schemas: settings.schemas,
        trust: settings.trust,
        clock: settings.clock,
        bounds: settings.bounds,
        limits: ReadLimits { bytes: limits.body_bytes, depth: limits.depth },
        root,
        audience,
    })
}
