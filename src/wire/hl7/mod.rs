//! The HL7 v3 message: transmission wrapper, control act, and what it carries.

pub mod answer;
mod frame;
mod package;
mod quantities;
mod read;

pub use frame::{
    ActingProfessional, Contents, Continuation, Frame, FrameClient, FrameDocument, InstanceId, Package, PackageForm,
    Query, QueryParameter,
};
pub use quantities::{Quantities, read_quantities};
pub use read::{ReadMessage, read_message, read_request};
