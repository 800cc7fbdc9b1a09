//! What the rules look at beside the request.

use crate::rule::notice::NoticeContext;

/// What the rules look at beside the request.
#[derive(Clone, Copy)]
pub struct DeclarationContext<'a> {
    /// What every request to the FHIR root is judged by.
    pub request: NoticeContext<'a>,
    /// What was declared before.
    pub known: &'a dyn KnownDeclarations,
}

/// What was declared before this request.
pub trait KnownDeclarations {
    /// Whether this person, told by the identity code, has been given the information about Kanta.
    fn is_informed(&self, person: &str) -> bool;
}

/// Nobody has been given the information.
#[derive(Debug, Clone, Copy, Default)]
pub struct NobodyInformed;

impl KnownDeclarations for NobodyInformed {
    fn is_informed(&self, _: &str) -> bool {
        false
    }
}
