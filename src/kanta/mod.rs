//! The simulated Kanta: the endpoint (TLS, SOAP at `/archive`, the FHIR root at `/fhir`), the archive
//! behind it, and the faults that it plays. It knows neither scenarios nor verdicts.

mod alone;
mod archive;
mod archivist;
mod asked;
mod clock;
mod core;
mod fault;
mod fhir;
mod guard;
mod http;
mod json_trouble;
mod listen;
mod log_desk;
mod permit;
mod planted;
mod recorder;
mod service;
mod settings;
mod soap;
mod unescape;
mod validation;

pub use alone::{AloneError, AloneSettings};
pub use archive::{ArchiveError, HandedOut};
pub use clock::Clock;
pub use fault::{Fault, FaultPlan, UnknownFault};
pub use listen::{Bounds, Tls, TlsError};
pub use planted::{Party, PlantedDocument, PlantedKind};
pub use service::{Kanta, RunningKanta};
pub use settings::{KantaError, Settings};
