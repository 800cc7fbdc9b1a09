//! The controllers of a run.

/// A controller of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Controller {
    /// The organisation of the system under test.
    #[default]
    Own,
    /// Another controller, played by the harness.
    Other,
    /// A service organiser for whom the organisation of the system under test provides an outsourced service,
    /// so that it has access to the organiser's register. Played by the harness.
    Organiser,
}

impl Controller {
    /// Every controller.
    pub const ALL: [Self; 3] = [Self::Own, Self::Other, Self::Organiser];
    /// Their names in scenarios.
    pub const NAMES: [&'static str; 3] = [Self::Own.name(), Self::Other.name(), Self::Organiser.name()];

    /// Its name in scenarios.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Other => "other",
            Self::Organiser => "organiser",
        }
    }

    /// The controller with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|controller| controller.name() == name)
    }
}
