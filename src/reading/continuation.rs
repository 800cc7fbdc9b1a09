//! What a continuation asks, for the rule about it and for the archive.

use super::query::number;
use super::query_mistake::{QueryMistake, QueryMistakeKind};
use crate::profile::Profile;
use crate::wire::hl7::{Continuation, InstanceId};
use crate::wire::{LocatedValue, Location};
use crate::words::{Said, said};

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
        mistakes.push(mistake(&read.spot.child("queryId"), said::the_query_id_of_the_query_that(), said::nothing()));
    }
    let ends = match &read.status {
        Some(status) if status.value == ENDS => true,
        Some(status) if status.value != GOES_ON => {
            mistakes.push(mistake(&status.spot, said::or(GOES_ON, ENDS), Said::value(status.as_str())));
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
    written: Option<&LocatedValue<String>>,
    largest: usize,
) -> Result<usize, QueryMistake> {
    let expected = if largest == usize::MAX { said::a_number_from_1() } else { said::a_number_from_1_to(largest) };
    let Some(written) = written else { return Err(mistake(&read.spot.child(element), expected, said::nothing())) };
    number(written, largest).ok_or_else(|| mistake(&written.spot, expected, Said::value(written.as_str())))
}

fn mistake(spot: &Location, expected: Said, actual: Said) -> QueryMistake {
    QueryMistake { kind: QueryMistakeKind::WrongContinuation, spot: spot.clone(), expected, actual }
}
