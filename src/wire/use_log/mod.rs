//! Use logs in other forms than the canonical one: exports in CSV, of which a mapping tells what their columns
//! mean, and AuditEvents of FHIR R4.

mod audit_event;
mod csv;
mod damage;
mod element;
mod exported;
mod line_index;
mod mapping;
mod member;
mod required;

pub(crate) use audit_event::entry_of;
pub use csv::Row;
pub(crate) use csv::{CsvFault, read_csv};
pub(crate) use damage::LogDamage;
pub(crate) use element::LogElement;
pub use element::LogForm;
pub(crate) use exported::ExportedLog;
pub use mapping::Encoding;
pub(crate) use mapping::Mapping;
pub(crate) use required::{AuditFault, faults_of};
