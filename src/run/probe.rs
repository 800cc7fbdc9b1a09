//! The doctor's probe: how its exchanges are told, and what a refused connection says.

use crate::domain::RefusalGround;
use crate::evidence::Exchange;
use crate::words::Said;

/// The identity code of the probe: a well-known test code of the 900 series.
pub(super) const PROBE: &str = "010181-900C";

/// Whether an exchange is the doctor's own.
pub(super) fn is_probe(exchange: &Exchange) -> bool {
    exchange.persons.iter().any(|person| person == PROBE)
}

/// Why a connection came to nothing, as the listener wrote it down.
pub(super) fn cause_of(grounds: &[RefusalGround]) -> Said {
    match grounds {
        [only] => Said::of_library(only.as_str()),
        several => Said::List(several.iter().map(|ground| Said::of_library(ground.as_str())).collect()),
    }
}
