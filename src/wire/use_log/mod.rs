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

pub use audit_event::entry_of;
pub use csv::{CsvFault, Row, read_csv};
pub use damage::LogDamage;
pub use element::{LogElement, LogForm};
pub use exported::ExportedLog;
pub use mapping::{Encoding, Mapping};
pub use required::{AuditFault, faults_of};
