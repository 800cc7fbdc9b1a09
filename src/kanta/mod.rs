//! The simulated Kanta: the endpoint (TLS, SOAP at `/archive`, the FHIR root at `/fhir`), the archive
//! behind it, and the faults that it plays. It knows neither scenarios nor verdicts.

mod alone;
mod archive;
mod archivist;
mod clock;
mod core;
mod declarations;
mod disclosure_log;
mod fault;
mod fhir;
mod forms;
mod guard;
mod http;
mod json_trouble;
mod knowledge;
mod lanes;
mod listen;
mod log_desk;
mod open_queries;
mod planted;
mod recorder;
mod service;
mod settings;
mod soap;
mod unescape;
mod validation;

pub use alone::{AloneError, AloneSettings};
pub use archive::{ArchiveError, DisclosureQuery, HandedOut, LogRemoval};
pub use clock::Clock;
pub use declarations::Declaration;
pub use disclosure_log::{KeptDisclosures, KeptDisclosuresError, json_line as disclosure_line};
pub use fault::{Fault, FaultPlan, UnknownFault};
pub use lanes::{LaneBy, LaneSettings, is_lane_name};
pub use listen::{Bounds, Tls, TlsError};
pub use planted::{Party, PlantedDocument, PlantedForm, PlantedKind};
pub use service::{Kanta, RunningKanta};
pub use settings::{KantaError, Settings};
