//! The one home of the wall clock in the simulated Kanta.

use jiff::Timestamp;

/// Tells the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The wall clock.
    Wall,
    /// Always the same moment: for tests and for judging old messages.
    Fixed(Timestamp),
}

impl Clock {
    /// The moment.
    pub fn now(self) -> Timestamp {
        match self {
            Self::Wall => Timestamp::now(),
            Self::Fixed(moment) => moment,
        }
    }
}
