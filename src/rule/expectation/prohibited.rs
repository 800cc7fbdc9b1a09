//! What a prohibition of disclosure meets, by the names of a scenario.

use crate::domain::Controller;

/// What a prohibition meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prohibited {
    /// A document, by its name in the scenario.
    Document(String),
    /// A service task, by its code.
    ServiceTask(String),
    /// A controller.
    Controller(Controller),
}
