//! What verifying says.

use super::Method;
use crate::wire::Location;
use crate::words::Said;

/// What verifying one `ds:Signature` said; every reference and the value are judged on their own.
#[derive(Debug, Clone)]
pub struct SignatureReport {
    /// The `ds:Signature` element.
    pub spot: Location,
    /// Each reference, in order.
    pub references: Vec<Reference>,
    /// The signature value over `SignedInfo`.
    pub value: ValueOutcome,
    /// How the value was made, where it is a way that can be verified.
    pub method: Option<Method>,
    /// Every algorithm that it names.
    pub algorithms: Vec<NamedAlgorithm>,
    /// DER of the signer's certificate, where `KeyInfo` has one.
    pub certificate: Option<Vec<u8>>,
    /// DER of the certificates that came with it.
    pub others: Vec<Vec<u8>>,
}

impl SignatureReport {
    /// Whether the mathematics holds: there are references, every one holds, and the value does. What was
    /// signed, and by whom, is another question.
    pub fn holds(&self) -> bool {
        let references = !self.references.is_empty()
            && self.references.iter().all(|reference| reference.outcome == ReferenceOutcome::Holds);
        references && self.value == ValueOutcome::Holds
    }
}

/// An algorithm that a signature names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedAlgorithm {
    /// The element that names it.
    pub element: String,
    /// Byte offset of that element.
    pub offset: usize,
    /// Its URI.
    pub uri: String,
}

/// One `ds:Reference`.
#[derive(Debug, Clone)]
pub struct Reference {
    pub spot: Location,
    /// `@URI`.
    pub uri: String,
    /// What it resolved to.
    pub target: ReferenceTarget,
    /// Whether the digest holds.
    pub outcome: ReferenceOutcome,
    /// How many other elements carry the same value in `ID`, `Id`, `id` or `xml:id`. Another receiver's
    /// library may take one of them for the target.
    pub namesakes: usize,
}

/// What a reference resolved to, by node and not by ID alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceTarget {
    /// `ClinicalDocument/component/nonXMLBody` itself.
    Body,
    /// The `signatureTimestamp` beside this signature.
    Timestamp,
    /// The whole document.
    Document,
    /// What the signature carries inside itself, such as properties of its own.
    Signature,
    /// Some other element with that ID.
    Elsewhere,
    /// No element, or more than one.
    Unresolved,
}

/// Outcome of one reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReferenceOutcome {
    /// The digest holds.
    Holds,
    /// The digest differs: the bytes were changed after signing.
    Differs,
    /// No element has the ID.
    TargetMissing,
    /// So many elements have the ID.
    TargetAmbiguous(usize),
    /// It could not be judged: see there.
    Unverified(Unverified),
}

/// Outcome of the signature value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueOutcome {
    /// Genuine under the certificate's key.
    Holds,
    /// Not made with the certificate's key, or `SignedInfo` changed.
    Differs,
    /// It could not be judged: see there.
    Unverified(Unverified),
}

/// Why something of a signature could not be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unverified {
    /// What is in the way.
    pub reason: Said,
    /// The URI of the algorithm, where it is one that is not known here.
    pub algorithm: Option<String>,
}

impl From<Said> for Unverified {
    fn from(reason: Said) -> Self {
        Self { reason, algorithm: None }
    }
}
