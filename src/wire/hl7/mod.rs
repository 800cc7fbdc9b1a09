//! The HL7 v3 message: transmission wrapper, control act, and what it carries.

mod frame;

pub use frame::{
    ActingProfessional, Contents, Frame, FrameClient, FrameDocument, InstanceId, Package, PackageForm, Query,
    QueryParameter,
};
