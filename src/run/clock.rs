//! The run's one home of the wall clock.

/// Now.
pub(super) fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
