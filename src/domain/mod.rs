//! Plain values of the field. No input or output, no clock, no wire format.

mod action_outcome;
mod area;
mod code;
mod controller;
mod declaration;
mod family;
mod finding_code;
mod hetu;
mod hl7_time;
mod instant;
mod mask;
mod names;
mod oid;
mod operation;
mod outcome;
mod permit;
mod person;
mod refusal_ground;
mod same_text;
mod synthetic;

pub use action_outcome::ActionOutcome;
pub use area::Area;
pub use code::Code;
pub use controller::Controller;
pub use declaration::{DeclarationTarget, Declared, Sector};
pub use family::{FamilyRole, Resident, TemporaryId, residents};
pub use finding_code::{FindingCode, FindingCodeError};
pub use hetu::{Gender, Hetu, HetuError};
pub use hl7_time::{Hl7Time, Hl7TimeError};
pub use instant::read_instant;
pub use mask::{
    foreign_identity_code, foreign_identity_code_in, foreign_identity_codes, identity_codes, mask_identity_codes,
};
pub use names::{ARCHIVIST_NULLIFIES, HETU_ROOT, PROFESSIONAL_ROOT};
pub use oid::{Oid, OidError};
pub use operation::{DocumentGroup, Operation};
pub use outcome::{Blame, Evidence, Level, Outcome, RequirementKind, Severity};
pub use permit::PermitKind;
pub use person::{Person, person_id, person_key};
pub use refusal_ground::{RefusalGround, ServiceGround};
pub use same_text::is_same_text;
