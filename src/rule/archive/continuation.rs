//! What a continuation asks, for the rule about it and for the archive.

use super::query::{QueryMistake, number};
use super::subject::{NOTHING, under};
use crate::profile::Profile;
use crate::wire::hl7::{Continuation, InstanceId};
use crate::wire::{Placed, Spot};

/// What a continuation asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedContinuation {
    /// `queryId` of the query that it continues.
    pub query: InstanceId,
    /// The results that are wanted; `None` where the query is to end.
    pub results: Option<WantedResults>,
}

/// Which results are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WantedResults {
    /// Number of the first one, from 1.
    pub position: usize,
    /// At most so many.
    pub quantity: usize,
}

/// Finding: a continuation lacks what it needs.
pub const CONTINUATION_WRONG: &str = "query-continuation-wrong";

/// Status by which a query goes on (HL7 vocabulary QueryStatusCode).
const GOES_ON: &str = "waitContinuedQueryResponse";
/// Status by which it ends.
const ENDS: &str = "aborted";

/// Reads a continuation.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_continuation(read: &Continuation, profile: &Profile) -> Result<AskedContinuation, Vec<QueryMistake>> {
    let mut mistakes = Vec::new();
    let query = read.query.as_ref().filter(|id| !id.root.is_empty());
    if query.is_none() {
        mistakes.push(mistake(
            &under(&read.spot, "queryId"),
            "the queryId of the query that goes on".to_owned(),
            NOTHING,
        ));
    }
    let ends = match &read.status {
        Some(status) if status.value == ENDS => true,
        Some(status) if status.value != GOES_ON => {
            mistakes.push(mistake(&status.spot, format!("{GOES_ON} or {ENDS}"), status));
            false
        }
        _ => false,
    };
    let mut results = None;
    if !ends {
        let position = wanted(read, "startResultNumber", read.start.as_ref(), usize::MAX);
        let most = profile.query.largest_quantity;
        let quantity = wanted(read, "continuationQuantity", read.quantity.as_ref(), most);
        match (position, quantity) {
            (Ok(position), Ok(quantity)) => results = Some(WantedResults { position, quantity }),
            (position, quantity) => mistakes.extend(position.err().into_iter().chain(quantity.err())),
        }
    }
    match query {
        Some(query) if mistakes.is_empty() => Ok(AskedContinuation { query: query.value.clone(), results }),
        _ => Err(mistakes),
    }
}

fn wanted(
    read: &Continuation,
    element: &'static str,
    written: Option<&Placed<String>>,
    largest: usize,
) -> Result<usize, QueryMistake> {
    let expected =
        if largest == usize::MAX { "a number from 1".to_owned() } else { format!("a number from 1 to {largest}") };
    let Some(written) = written else { return Err(mistake(&under(&read.spot, element), expected, NOTHING)) };
    number(written, largest).ok_or_else(|| mistake(&written.spot, expected, written))
}

fn mistake(spot: &Spot, expected: String, actual: &str) -> QueryMistake {
    QueryMistake { code: CONTINUATION_WRONG, spot: spot.clone(), expected, actual: actual.to_owned() }
}
