//! XML signatures of the shape that archived documents carry: exclusive C14N without comments, RSA or ECDSA,
//! sha256 digests, references by ID inside the document. Whatever is outside that shape is
//! refused by not being there.

mod key;
mod report;
mod sign;
mod signature;
mod verify;

pub use report::{Reference, ReferenceOutcome, ReferenceTarget, SignatureReport, ValueOutcome};
pub use sign::{SignError, sign};
pub use signature::Method;
pub use verify::Verifier;
pub(crate) use verify::not_one;
