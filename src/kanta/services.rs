//! The services of the simulated Kanta.

use std::sync::Arc;

use super::archivist::ArchivistService;
use super::disclosure_log::DisclosureLogService;
use super::fhir::FhirService;
use super::forms::FormService;
use super::service::Service;
use super::soap::{ArchiveService, DescriptionService};
use super::use_log::UseLogService;
use super::validation::ValidationService;

/// Every service that ships.
pub fn services() -> Vec<Arc<dyn Service>> {
    vec![
        Arc::new(DescriptionService),
        Arc::new(ArchiveService),
        Arc::new(ValidationService::SHORT),
        Arc::new(ValidationService::WHOLE),
        Arc::new(ArchivistService),
        Arc::new(FormService),
        Arc::new(FhirService),
        Arc::new(UseLogService),
        Arc::new(DisclosureLogService),
    ]
}
