//! What a service of the simulated Kanta is.

use axum::http::request::Parts;

use super::core::Core;
use super::exchange::{Arrival, Handled, RequestProblem};
use crate::domain::{Fault, Operation};
use crate::evidence::ServiceTag;

/// A service of the simulated Kanta. Whatever comes to its paths is read, handed to it, journalled under its tag, and
/// then answered as it says.
pub trait Service: Send + Sync {
    /// How the evidence names it, and how what comes to it is judged.
    fn tag(&self) -> ServiceTag;

    /// Its paths, as the router writes them: `/forms/v1/{*path}`. Of services with the same path, the first in the list
    /// that takes a request gets it.
    fn paths(&self) -> &'static [&'static str];

    /// The path at which client information systems call it, where they do: a system that a run starts is told the URL.
    fn entry_path(&self) -> Option<&'static str> {
        None
    }

    /// What can be asked of it by name; a fault is planned for one of these.
    fn operations(&self) -> &'static [Operation] {
        &[]
    }

    /// The faults that it can play.
    fn faults(&self) -> &'static [Fault] {
        &[]
    }

    /// Whether this endpoint has it. Where not, its paths are no addresses.
    fn is_offered(&self, _core: &Core) -> bool {
        true
    }

    /// Whether a request to one of its paths is for it.
    fn takes(&self, _head: &Parts) -> bool {
        true
    }

    /// Whether only POST is possible; anything else is refused before it is looked at.
    fn is_posted_to(&self) -> bool {
        false
    }

    /// What to answer to a request that was not read, and what to write down.
    fn refuse(&self, core: &Core, arrival: &Arrival, problem: &RequestProblem) -> Handled;

    /// Reads the request, does what it asks or plays the fault that is planned for it, and says what to answer and what
    /// to write down.
    fn answer(&self, core: &Core, arrival: &Arrival) -> Handled;
}
