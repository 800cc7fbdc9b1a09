//! What Kanta did with a message.

/// What Kanta did with a message, as far as what it knows afterwards depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handling {
    /// It did what was asked.
    Done,
    /// It answered and changed nothing: a refusal, or the first answer again.
    Answered,
    /// It played a fault in place of the work, and the message may be sent again.
    NotReached,
    /// The message holds an identity code outside the 900 series: nothing of it is kept.
    Withheld,
}
