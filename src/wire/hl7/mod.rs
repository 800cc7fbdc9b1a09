//! The HL7 v3 message: transmission wrapper, control act, and what it carries.

pub mod answer;
mod frame;
mod package;
mod quantities;
mod read;

pub(crate) use frame::{ActingProfessional, Continuation, FrameClient, FrameDocument, Package, QueryParameter};
pub use frame::{Contents, Frame, InstanceId, PackageForm, Query};
pub(crate) use quantities::{Quantities, read_quantities};
pub use read::read_message;
pub(crate) use read::{ReadMessage, read_request};
