//! What is wrong with a query or with the continuation of one.

use crate::wire::Location;
use crate::words::Said;

/// Why a query cannot be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryMistake {
    /// In what the mistake lies.
    pub kind: QueryMistakeKind,
    pub spot: Location,
    /// What should stand there.
    pub expected: Said,
    pub actual: Said,
}

/// In what a mistake of a query lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryMistakeKind {
    /// The archive knows no parameter of this name.
    UnknownParameter,
    /// A parameter's value is none, or stands where another one was.
    WrongParameter,
    /// A continuation lacks what it needs.
    WrongContinuation,
}
