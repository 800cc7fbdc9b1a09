//! XML signatures of archived documents (XML Signature 1.1): references inside the document, canonical forms with
//! and without comments, RSA and ECDSA with SHA-2. What is not here is refused by not being there.

mod algorithm;
mod key;
mod pointer;
mod report;
mod sign;
mod signature;
mod verify;

pub use algorithm::Method;
pub(crate) use report::{NamedAlgorithm, SignatureReport};
pub use report::{Reference, ReferenceOutcome, ReferenceTarget, Unverified, ValueOutcome};
pub use sign::{SignError, sign};
pub(crate) use verify::Verifier;
pub(crate) use verify::not_one;
