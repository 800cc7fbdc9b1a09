//! Queries whose results go on: what each found, fixed when it was asked, open for a while to who asked.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::domain::Operation;
use crate::profile::{Basis, QueryNames};
use crate::wire::hl7::InstanceId;

/// Longest text by which a query is kept: its caller, its identifier, its client.
const LONGEST_KEY: usize = 2048;

/// Who asked, and by which identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct QueryKey {
    /// OID of the organisation, and that of its certificate where it showed one.
    pub caller: String,
    /// `queryId`.
    pub id: InstanceId,
}

/// What a query asked that its next pages need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scope {
    /// What the query asked.
    pub operation: Operation,
    /// The basis that it stated.
    pub basis: Basis,
    /// Identity code of the client whom it names.
    pub client: Option<String>,
    /// The controller whose documents it asked for.
    pub controller: Option<String>,
    /// Whether it asked for nullified documents too.
    pub nullified: bool,
}

impl Scope {
    /// Whether its answers carry content.
    pub(super) fn with_content(&self) -> bool {
        matches!(self.operation, Operation::SearchDocuments | Operation::Retrieve)
    }
}

/// A query whose results go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OpenQuery {
    pub key: QueryKey,
    pub opened: Timestamp,
    pub scope: Scope,
    /// Interaction of its answers.
    pub answer: String,
    /// Identity codes of the persons whom it concerns.
    pub persons: Vec<String>,
    /// What it found and what might be given, in order: a document that is stored, corrected or permitted
    /// later does not come in.
    pub numbers: Vec<i64>,
    /// Most results of one answer.
    pub most: usize,
}

/// The open queries of one archive, the oldest first.
#[derive(Debug, Default)]
pub(super) struct OpenQueries {
    queries: Mutex<Vec<Arc<OpenQuery>>>,
}

impl OpenQueries {
    /// Keeps `query` open. It takes the place of its caller's query of the same identifier; where there are too
    /// many, the oldest end. False when it is too large to be kept.
    pub(super) fn open(&self, query: OpenQuery, bounds: &QueryNames) -> bool {
        if query.key_length() > LONGEST_KEY || query.numbers.len() > bounds.open_results {
            return false;
        }
        let mut queries = self.lock();
        drop_old(&mut queries, query.opened, bounds);
        queries.retain(|open| open.key != query.key);
        let of_caller = |queries: &[Arc<OpenQuery>]| {
            queries.iter().filter(|open| open.key.caller == query.key.caller).count() >= bounds.open_queries_of_caller
        };
        while of_caller(&queries) {
            let oldest = queries.iter().position(|open| open.key.caller == query.key.caller);
            oldest.map(|at| queries.remove(at));
        }
        let results = |queries: &[Arc<OpenQuery>]| queries.iter().map(|open| open.numbers.len()).sum::<usize>();
        while queries.len() >= bounds.open_queries || results(&queries) + query.numbers.len() > bounds.open_results {
            queries.remove(0);
        }
        queries.push(Arc::new(query));
        true
    }

    /// The query of this caller, if it is still open at `now`.
    pub(super) fn find(&self, key: &QueryKey, now: Timestamp, bounds: &QueryNames) -> Option<Arc<OpenQuery>> {
        let mut queries = self.lock();
        drop_old(&mut queries, now, bounds);
        queries.iter().find(|open| open.key == *key).cloned()
    }

    /// Ends a query.
    pub(super) fn end(&self, key: &QueryKey) {
        self.lock().retain(|open| open.key != *key);
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<OpenQuery>>> {
        self.queries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OpenQuery {
    fn key_length(&self) -> usize {
        let key = [&self.key.caller, &self.key.id.root, &self.key.id.extension];
        key.into_iter().chain(&self.persons).chain(&self.scope.client).map(String::len).sum()
    }
}

fn drop_old(queries: &mut Vec<Arc<OpenQuery>>, now: Timestamp, bounds: &QueryNames) {
    let lifetime = SignedDuration::from_secs(bounds.open_seconds);
    queries.retain(|open| now.duration_since(open.opened) < lifetime);
}

#[cfg(test)]
mod tests {
    use super::{Basis, InstanceId, OpenQueries, OpenQuery, Operation, QueryKey, Scope, Timestamp};
    use crate::profile::{Profile, QueryNames};

    fn bounds() -> QueryNames {
        let query = Profile::read(&Profile::built_in()).expect("profile").query;
        QueryNames { open_queries: 4, open_queries_of_caller: 2, open_results: 10, open_seconds: 60, ..query }
    }

    fn query(caller: &str, id: &str, second: i64, results: i64) -> OpenQuery {
        let id = InstanceId { root: "1.2".to_owned(), extension: id.to_owned() };
        OpenQuery {
            key: QueryKey { caller: caller.to_owned(), id },
            opened: at(second),
            scope: Scope {
                operation: Operation::SearchDocuments,
                basis: Basis::OwnRegister,
                client: None,
                controller: None,
                nullified: false,
            },
            answer: "RCMR_IN000032UV01".to_owned(),
            persons: Vec::new(),
            numbers: (0..results).collect(),
            most: 2,
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("time")
    }

    fn open(queries: &OpenQueries, now: i64, of: &[(&str, &str)]) -> Vec<bool> {
        let is_open =
            |(caller, id): &(&str, &str)| queries.find(&query(caller, id, 0, 0).key, at(now), &bounds()).is_some();
        of.iter().map(is_open).collect()
    }

    #[test]
    fn a_query_is_open_to_its_caller_until_its_time_is_over() {
        let queries = OpenQueries::default();
        assert!(queries.open(query("a", "1", 0, 3), &bounds()));
        assert_eq!(open(&queries, 59, &[("a", "1"), ("b", "1"), ("a", "2")]), [true, false, false]);
        assert_eq!(open(&queries, 60, &[("a", "1")]), [false]);
    }

    #[test]
    fn the_same_identifier_again_takes_the_place() {
        let queries = OpenQueries::default();
        queries.open(query("a", "1", 0, 3), &bounds());
        queries.open(query("a", "1", 30, 4), &bounds());
        let found = queries.find(&query("a", "1", 0, 0).key, at(80), &bounds()).expect("open");
        assert_eq!(found.numbers.len(), 4);
        queries.end(&found.key);
        assert_eq!(open(&queries, 80, &[("a", "1")]), [false]);
    }

    #[test]
    fn a_caller_that_opens_many_ends_its_own() {
        let queries = OpenQueries::default();
        queries.open(query("b", "1", 0, 1), &bounds());
        for id in ["1", "2", "3"] {
            queries.open(query("a", id, 1, 1), &bounds());
        }
        assert_eq!(open(&queries, 2, &[("b", "1"), ("a", "1"), ("a", "2"), ("a", "3")]), [true, false, true, true]);
    }

    #[test]
    fn number_and_results_are_bounded() {
        let queries = OpenQueries::default();
        for caller in ["a", "b", "c", "d", "e"] {
            queries.open(query(caller, "1", 0, 1), &bounds());
        }
        assert_eq!(open(&queries, 1, &[("a", "1"), ("b", "1"), ("e", "1")]), [false, true, true]);
        assert!(queries.open(query("f", "1", 1, 9), &bounds()));
        assert_eq!(open(&queries, 1, &[("d", "1"), ("e", "1"), ("f", "1")]), [false, true, true]);
        assert!(!queries.open(query("g", "1", 1, 11), &bounds()));
        let long = OpenQuery { persons: vec!["x".repeat(3000)], ..query("g", "1", 1, 1) };
        assert!(!queries.open(long, &bounds()));
    }
}
